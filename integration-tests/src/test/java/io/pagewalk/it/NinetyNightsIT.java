package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule of ninety nights, with all that happens to one; DuckDB finds each record exactly once. */
class NinetyNightsIT {
    private static final int NIGHTS = 90;

    @TempDir
    Path dir;

    @Test
    void takesEachRecordExactlyOnce() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Output output = new Output(dir.resolve("out"));
        String topic = Broker.topic("ninety-nights", 2);
        List<Records> producers = new ArrayList<>(List.of(Records.into(topic)));
        int partitions = 2;
        int kills = 0;
        try {
            for (int night = 1; night <= NIGHTS; night++) {
                if (night % 25 == 0) {
                    partitions += 2;
                    Broker.addPartitions(topic, partitions);
                    producers.add(Records.into(topic));
                }
                Records producer = producers.get(producers.size() - 1);
                for (int partition = 0; partition < partitions; partition++) {
                    producer.send(partition, random.nextInt(8));
                }
                producer.flush();
                if (night >= 40 && night < 47) {
                    continue;
                }
                if (night % 11 == 0) {
                    kills += killed(topic, output, random) ? 1 : 0;
                }
                Cli.export(topic, output.directory(), options(random)).exits(0);
            }
            List<Row> sent = new ArrayList<>();
            producers.forEach(producer -> sent.addAll(producer.rows()));
            sent.sort(Comparator.comparingInt(Row::partition).thenComparingLong(Row::offset));
            assertThat(output.rows()).as("seed %d", seed).isEqualTo(sent);
            Cli.run("verify", "--output", output.directory().toString(), "--deep")
                    .exits(0);
            Cli.run(
                            "status",
                            "--output",
                            output.directory().toString(),
                            "--bootstrap-server",
                            Broker.servers(),
                            "--fresher-than",
                            "1s")
                    .exits(0);
            assertThat(kills).as("runs that were killed, seed %d", seed).isPositive();
        } finally {
            producers.forEach(Records::close);
        }
    }

    /** Whether it was, before its end. */
    private static boolean killed(String topic, Output output, SplittableRandom random) throws Exception {
        try (CliProcess process = CliProcess.start(Cli.exportArguments(
                topic, output.directory(), with(options(random), "--max-rate", "1KB", "--quiet")))) {
            Thread.sleep(900 + random.nextInt(900));
            return process.kill();
        }
    }

    private static String[] options(SplittableRandom random) {
        return new String[] {
            "--incremental",
            "--threads",
            "2",
            "--page-size",
            Integer.toString(4 + random.nextInt(30)),
            "--file-size",
            Integer.toString(2 + random.nextInt(3)),
            "--direction",
            random.nextBoolean() ? "asc" : "desc"
        };
    }

    private static String[] with(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
