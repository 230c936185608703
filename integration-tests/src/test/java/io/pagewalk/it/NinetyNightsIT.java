package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three weeks of nightly exports, a quarter of a year where there is time: producers go on, partitions are added, runs are
 * killed, a week is missed. Whatever happens, each record is there once.
 */
class NinetyNightsIT {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private final LocalDate today = LocalDate.now(ZONE);

    @TempDir
    Path dir;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<Records> producers = new ArrayList<>();
    private int kills;

    /** A night is the window of a day, which ends before the next one. */
    @Test
    void byWindowsEachRecordIsThereOnceAndOneBackfillGivesTheSameFiles() throws Exception {
        int nights = LongTests.count(20, 90);
        Output output = new Output(dir.resolve("out"));
        LocalDate first = today.minusDays(nights + 1);
        try {
            play("ninety-nights", nights, first, output, night -> byWindow(first, first.plusDays(night)));
            String topic = producers.get(0).topic();
            assertThat(output.rows()).as("seed %d", seed).isEqualTo(sent());
            assertThat(kills).as("runs that were killed, seed %d", seed).isPositive();
            Output backfill = new Output(dir.resolve("backfill"));
            Cli.export(topic, backfill.directory(), byWindow(first, first.plusDays(nights)))
                    .exits(0);
            SortedMap<String, byte[]> files = output.dataFiles();
            assertThat(backfill.dataFiles())
                    .as("seed %d", seed)
                    .hasSameSizeAs(files)
                    .containsAllEntriesOf(files);

            // Retention takes what was exported, and expiry what is old.
            for (int partition = 0; partition < 2; partition++) {
                Broker.deleteRecords(topic, partition, nights);
            }
            send(producers.get(0), 0, first.plusDays(nights), 5);
            Cli.export(topic, output.directory(), byWindow(first, first.plusDays(nights + 1)))
                    .exits(0);
            assertThat(output.rows()).as("seed %d", seed).isEqualTo(sent());
            verify(output);
            int kept = nights / 2;
            Cli.run("expire", "--output", output.directory().toString(), "--keep-runs", Integer.toString(kept), "--yes")
                    .exits(0);
            verify(output);
            assertThat(output.dataFiles().keySet())
                    .allMatch(file -> file.compareTo("dt=" + first.plusDays(nights + 1 - kept)) > 0);
        } finally {
            producers.forEach(Records::close);
        }
    }

    /** What each run may have others of does change. */
    @Test
    @LongTest
    void withoutWindowsEachRecordIsThereOnce() throws Exception {
        Output output = new Output(dir.resolve("out"));
        try {
            play("thirty-nights", 30, today.minusDays(31), output, night -> incremental());
            assertThat(output.rows()).as("seed %d", seed).isEqualTo(sent());
            verify(output);
            Cli.run(
                            "status",
                            "--output",
                            output.directory().toString(),
                            "--bootstrap-server",
                            Broker.servers(),
                            "--fresher-than",
                            "1s")
                    .exits(0);
        } finally {
            producers.forEach(Records::close);
        }
    }

    private interface Night {
        String[] options(int number);
    }

    private void play(String purpose, int nights, LocalDate first, Output output, Night options) throws Exception {
        int partitions = 2;
        String topic = Broker.topic(purpose, partitions);
        producers.add(Records.into(topic));
        for (int night = 1; night <= nights; night++) {
            if (night % 19 == 0) {
                partitions += 2;
                Broker.addPartitions(topic, partitions);
                producers.add(Records.into(topic));
            }
            Records producer = producers.get(producers.size() - 1);
            for (int partition = 0; partition < partitions; partition++) {
                send(producer, partition, first.plusDays(night - 1), random.nextInt(8));
            }
            if (night >= nights / 2 && night < nights / 2 + 7) {
                continue;
            }
            if (night % 9 == 0) {
                kills += killed(topic, output, options.options(night)) ? 1 : 0;
            }
            Cli.export(topic, output.directory(), options.options(night)).exits(0);
        }
    }

    private static void send(Records producer, int partition, LocalDate day, int count) {
        for (int i = 0; i < count; i++) {
            producer.send(
                    partition,
                    day.atTime(i, 30).atZone(ZONE).toInstant().toEpochMilli(),
                    ("key-" + i).getBytes(UTF_8),
                    (day + " " + i).getBytes(UTF_8));
        }
        producer.flush();
    }

    private List<Row> sent() {
        List<Row> sent = new ArrayList<>();
        producers.forEach(producer -> sent.addAll(producer.rows()));
        sent.sort(Comparator.comparingInt(Row::partition).thenComparingLong(Row::offset));
        return sent;
    }

    private static void verify(Output output) {
        Cli.run("verify", "--output", output.directory().toString(), "--deep").exits(0);
    }

    /** Whether it was, before its end. */
    private boolean killed(String topic, Output output, String[] options) throws Exception {
        try (CliProcess process = CliProcess.start(
                Cli.exportArguments(topic, output.directory(), with(options, "--max-rate", "100B", "--quiet")))) {
            Thread.sleep(900 + random.nextInt(900));
            return process.kill();
        }
    }

    private static String[] byWindow(LocalDate first, LocalDate end) {
        return new String[] {
            "--window", "day",
            "--time-zone", ZONE.getId(),
            "--from", first.toString(),
            "--to", end.toString(),
            "--page-size", "8",
            "--file-size", "4",
            "--threads", "2"
        };
    }

    private String[] incremental() {
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
