package io.pagewalk.it.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that is away holds up no page, and no run for long; what the table lacks then it gets later. */
@LongTest
class CatalogAwayIT {
    private static final String TABLE = "sales.orders";
    private static final int COUNT = 200;

    @TempDir
    Path dir;

    private RestLake lake;
    private FaultProxy proxy;
    private String topic;

    @BeforeEach
    void open() throws IOException {
        lake = new RestLake(dir);
        proxy = new FaultProxy(lake.server().port());
        topic = Broker.topic("catalogaway", 2, Map.of());
        send(COUNT);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        lake.close();
    }

    private void send(int count) {
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < count; i++) {
                records.send(i % 2, null, ("v" + i).getBytes(UTF_8));
            }
            records.flush();
        }
    }

    @Test
    void aServerThatIsStoppedAfterTheFirstCommit() throws Exception {
        proxy.hold(sent -> {
            if (sent.contains("\"add-snapshot\"")) {
                proxy.away(true);
            }
            return false;
        });

        assertBehind(export());

        proxy.away(false);
        sync();
    }

    @Test
    void aServerThatTakesConnectionsAndNeverAnswersFromACommitOn() throws Exception {
        proxy.hold(sent -> {
            if (sent.contains("\"add-snapshot\"")) {
                proxy.swallow();
            }
            return false;
        });

        assertBehind(export());

        // What was swallowed stays so.
        proxy.pass();
        sync();
    }

    @Test
    void aServerThatIsNotThereWhenTheNextRunBegins() throws Exception {
        export().exits(0);
        send(100);
        lake.server().stop();

        assertThat(export().exits(1).error())
                .contains("all that was read is committed, but table sales.orders is behind");

        lake.server().start();
        assertRows(COUNT);
        sync(COUNT + 100);
    }

    @Test
    void whoIsAskedOfASilentOneDoesNotWaitForLong() throws Exception {
        export().exits(0);
        send(100);
        proxy.swallow();
        long began = System.nanoTime();

        assertThat(export().exits(1).error())
                .contains("all that was read is committed, but table sales.orders is behind");
        assertThat(Cli.run(lake.command(proxy.port(), "iceberg sync", "--retry-timeout", "4s"))
                        .exits(1)
                        .error())
                .contains("the iceberg catalog (rest) cannot be reached");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(90));
        proxy.pass();
        sync(COUNT + 100);
    }

    private Cli.Result export() throws Exception {
        long began = System.nanoTime();
        try (CliProcess process = CliProcess.start(lake.export(
                proxy.port(),
                topic,
                TABLE,
                "--incremental",
                "--page-size",
                "40",
                "--file-size",
                "20",
                "--retry-timeout",
                "4s"))) {
            Cli.Result result = process.await();
            System.out.println((System.nanoTime() - began) / 1_000_000 + " ms: " + result.code() + " " + result.err());
            return result;
        }
    }

    private void assertBehind(Cli.Result result) {
        assertThat(result.exits(1).error())
                .containsPattern("all that was read is committed, but table sales\\.orders is behind by [45] pages: ");
        Cli.run(lake.withoutCatalog("verify")).exits(0);
        assertThat(S3Server.keys(lake.bucket()).stream()
                        .filter(key -> key.startsWith("out/") && key.endsWith(".parquet")))
                .hasSize(10);
    }

    private void sync() {
        sync(COUNT);
    }

    private void sync(int count) {
        for (String command : List.of("iceberg sync", "status", "verify")) {
            Cli.run(lake.command(command)).exits(0);
        }
        assertRows(count);
    }

    private void assertRows(int count) {
        List<List<Object>> rows = lake.rows(TABLE, Expressions.alwaysTrue()).stream()
                .map(row -> List.of(row.getField("partition"), row.getField("offset")))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count)
                        .mapToObj(i -> List.<Object>of(i % 2, (long) (i / 2)))
                        .toList());
    }
}
