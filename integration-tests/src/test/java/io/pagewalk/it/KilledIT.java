package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again, whatever it is doing, ends with the same bytes as one that never was. */
class KilledIT {
    private static final int KILLS = LongTests.count(6, 24);
    private static final int PAGE = 60;
    /** More than {@code KILLS} runs can commit, because each is killed after at most {@code MOST_COMMITS} and a few more. */
    private static final int PAGES = LongTests.count(80, 260);

    private static final int MOST_COMMITS = 6;

    @TempDir
    Path dir;

    @Test
    void endsWithTheSameBytesAsAnExportThatWasNeverKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Records records = Records.filled("killed", PAGES * PAGE / 2, PAGES * PAGE / 3, 0, PAGES * PAGE / 6)) {
            String topic = records.topic();
            Output killed = new Output(dir.resolve("killed"));
            String[] shape = {"--page-size", Integer.toString(PAGE), "--file-size", "20", "--threads", "3"};

            int kills = 0;
            int commitsBefore = 0;
            while (kills < KILLS) {
                // Now and then before anything is committed, at any moment of the start.
                boolean early = kills % 6 == 5;
                int wanted = killed.checkpoints(topic) + (early ? 0 : 1 + random.nextInt(MOST_COMMITS));
                int delay = random.nextInt(early ? 1200 : 40);
                try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, killed.directory(), shape))) {
                    Eventually.isTrue(
                            "seed " + seed + ", kill " + kills + ": " + wanted + " checkpoints",
                            () -> killed.checkpoints(topic) >= wanted || !process.isAlive());
                    Thread.sleep(delay);
                    assertThat(process.kill())
                            .as(
                                    "seed %d: killed before it ended by itself, which it did saying %s",
                                    seed, process.err())
                            .isTrue();
                }
                kills++;
                commitsBefore = killed.checkpoints(topic);
            }
            assertThat(commitsBefore).as("seed %d: killed in the middle", seed).isBetween(KILLS, PAGES);

            Cli.export(topic, killed.directory(), shape).exits(0);

            Output unharmed = new Output(dir.resolve("unharmed"));
            Cli.export(topic, unharmed.directory(), shape).exits(0);
            assertThat(killed.dataFiles()).as("seed %d", seed).containsExactlyEntriesOf(unharmed.dataFiles());
            killed.assertComplete(topic);
            assertThat(killed.rows()).as("seed %d", seed).isEqualTo(records.rows());
        }
    }
}
