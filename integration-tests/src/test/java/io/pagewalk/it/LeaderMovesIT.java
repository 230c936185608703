package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.BrokerCluster;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever of three brokers leads a partition, and whatever becomes of a leader, an export finds the next one. */
@LongTest
class LeaderMovesIT {
    private static final String TOPIC = "moving";
    /** The controller is on the first. */
    private static final int FIRST = 2;

    private static final int SECOND = 3;

    @TempDir
    static Path shared;

    private static BrokerCluster cluster;
    private static Records records;

    @TempDir
    Path dir;

    private Output output;
    private CompletableFuture<Result> run;

    @BeforeAll
    static void start() throws Exception {
        cluster = BrokerCluster.start(shared);
        cluster.createTopic(TOPIC, FIRST);
        records = Records.into(TOPIC, Map.of("bootstrap.servers", cluster.servers()));
        records.send(0, 2000).flush();
    }

    @AfterAll
    static void stop() {
        try {
            records.close();
        } finally {
            cluster.close();
        }
    }

    @Test
    void followsALeaderThatMoves() throws Exception {
        cluster.lead(TOPIC, FIRST);
        export();

        for (int leader : new int[] {SECOND, FIRST, SECOND}) {
            cluster.lead(TOPIC, leader);
            int committed = output.checkpoints(TOPIC);
            Eventually.isTrue("goes on", () -> output.checkpoints(TOPIC) > committed + 3 || run.isDone());
            assertThat(run).isNotDone();
        }

        assertEndsExact();
    }

    @Test
    void doesWithoutABrokerThatIsKilled() throws Exception {
        cluster.lead(TOPIC, FIRST);
        export();

        cluster.broker(FIRST).kill();

        assertEndsExact();
        assertThat(cluster.leader(TOPIC)).isNotEqualTo(FIRST);
        cluster.broker(FIRST).start();
    }

    @Test
    void turnsAwayFromALeaderThatHangs() throws Exception {
        cluster.lead(TOPIC, SECOND);
        export("--command-property", "request.timeout.ms=2000");

        cluster.broker(SECOND).pause();
        try {
            assertEndsExact();
            assertThat(cluster.leader(TOPIC)).isNotEqualTo(SECOND);
        } finally {
            cluster.broker(SECOND).wake();
        }
    }

    /** Starts an export, and returns when some of its pages are committed. */
    private void export(String... more) {
        output = new Output(dir.resolve("out"));
        String[] options =
                Stream.concat(Stream.of("--page-size", "20"), Stream.of(more)).toArray(String[]::new);
        String[] arguments = Cli.exportArgumentsAt(cluster.servers(), TOPIC, output.directory(), options);
        run = CompletableFuture.supplyAsync(() -> Cli.run(arguments));
        Eventually.isTrue("under way", () -> output.checkpoints(TOPIC) > 3 || run.isDone());
        assertThat(run).isNotDone();
    }

    private void assertEndsExact() throws Exception {
        run.get(90, TimeUnit.SECONDS).exits(0);
        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete(TOPIC);
    }
}
