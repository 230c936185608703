package io.pagewalk.it.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill of many hours that hold little; says how long it took, and what it asked the store for. */
@LongTest
class ThousandWindowsIT {
    private static final int WINDOWS = 1_000;

    private final Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(WINDOWS));

    @TempDir
    Path dir;

    @Test
    void onALocalDisk() {
        try (Records records = filled("hours")) {
            export("local", records, dir.toString());

            assertThat(new Output(dir).rows()).isEqualTo(records.rows());
            Cli.run("verify", "--output", dir.toString()).exits(0);
        }
    }

    @Test
    void onAnObjectStore() throws IOException {
        String bucket = S3Server.bucket("hours");
        ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
        try (Records records = filled("hours");
                FaultProxy proxy = new FaultProxy(S3Server.port())) {
            proxy.hold(sent -> {
                if (sent.matches("(?s)(GET|PUT|HEAD|POST|DELETE) /.*")) {
                    requests.add(sent.substring(0, sent.indexOf('\r')));
                }
                return false;
            });
            List<String> access = new ArrayList<>();
            S3Server.properties(proxy.port())
                    .forEach((name, value) -> access.addAll(List.of("-D", name + "=" + value)));
            export("S3", records, "s3a://" + bucket, access.toArray(String[]::new));

            Map<String, Integer> kinds = new TreeMap<>();
            requests.forEach(request -> kinds.merge(kind(request), 1, Integer::sum));
            System.out.println(String.format(
                    Locale.ROOT, "S3: %.1f requests a window: %s", (double) requests.size() / WINDOWS, kinds));
            S3Server.download(bucket, "", dir);
            assertThat(new Output(dir).rows()).isEqualTo(records.rows());
            assertThat(requests.size() / WINDOWS)
                    .as("requests a window: %s", kinds)
                    .isLessThan(40);
        }
    }

    private static String kind(String request) {
        String verb = request.substring(0, request.indexOf(' '));
        return request.contains("list-type") ? "LIST" : verb;
    }

    private void export(String place, Records records, String output, String... access) {
        List<String> arguments = new ArrayList<>(List.of(Cli.exportArguments(
                records.topic(),
                Path.of("replaced"),
                "--window",
                "hour",
                "--window-delay",
                "0s",
                "--from",
                first.toString(),
                "--to",
                first.plus(Duration.ofHours(WINDOWS)).toString(),
                "--page-size",
                "1000",
                "--file-size",
                "1000")));
        arguments.set(arguments.indexOf("replaced"), output);
        arguments.addAll(List.of(access));
        long began = System.nanoTime();
        Cli.Result result = Cli.run(arguments.toArray(String[]::new)).exits(0);
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d windows, %.1f s a hundred",
                place,
                WINDOWS,
                (System.nanoTime() - began) / 1e7 / WINDOWS));
        assertThat(result.err()).contains(String.format(Locale.ROOT, "the series: %,d runs", WINDOWS));
    }

    private Records filled(String purpose) {
        Records records = Records.into(Broker.topic(purpose, 2));
        for (int hour = 0; hour < WINDOWS; hour++) {
            for (int i = 0; i < 10; i++) {
                records.send(
                        i % 2,
                        first.plus(Duration.ofHours(hour)).toEpochMilli() + 60_000L * i,
                        ("key-" + i).getBytes(UTF_8),
                        ("value " + hour).getBytes(UTF_8));
            }
        }
        return records.flush();
    }
}
