package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.EmbeddedKafka;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that an unclean leader election cut short, and that has grown past the frozen end again, looks whole. Three brokers;
 * topics have their replicas on the second and third, so that the first always answers.
 */
class TruncationIT {
    private static final int LEADER = 2;
    private static final int STALE = 3;

    @TempDir
    static Path brokers;

    static EmbeddedKafka kafka;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(brokers, 3, Map.of());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @AfterEach
    void startAll() {
        kafka.start(LEADER);
        kafka.start(STALE);
    }

    @Test
    void aLogThatWasCutAndHasGrownAgainIsTruncated() {
        createTopic("regrown");
        writeMoreThanTheFollowerHas("regrown");
        export("regrown", "--page-size", "20", "--max-pages", "1").exits(3);

        electTheStaleFollower("regrown");
        send("regrown", 80);

        assertThat(export("regrown", "--page-size", "20").exits(7).error())
                .contains("regrown-0", "truncated at offset 60", "[0, 100)", "another output");
        assertThat(new Output(dir.resolve("out")).checkpoints("regrown")).isEqualTo(2);
    }

    @Test
    void aLogThatIsCutWhileItIsReadIsTruncated() throws Exception {
        createTopic("midway");
        writeMoreThanTheFollowerHas("midway");
        Output output = new Output(dir.resolve("out"));
        String[] slowly = {"--page-size", "1", "--retry-timeout", "5m"};
        try (CliProcess process = CliProcess.start(arguments("midway", slowly))) {
            Eventually.isTrue("under way", () -> output.checkpoints("midway") > 3 || !process.isAlive());
            process.signal("STOP");
            int committed = output.checkpoints("midway");
            assertThat(committed).as("what is cut off is not read yet").isLessThan(50);
            electTheStaleFollower("midway");
            send("midway", 80);

            process.signal("CONT");

            assertThat(process.await().exits(7).error()).contains("midway-0", "truncated", "[0, 100)");
            assertThat(output.checkpoints("midway"))
                    .as("at most what was validated before is committed")
                    .isLessThanOrEqualTo(committed + 1);
        }
    }

    @Test
    @LongTest
    void aLogThatWasCutAndIsStillShorterIsTruncated() {
        createTopic("shorter");
        writeMoreThanTheFollowerHas("shorter");
        export("shorter", "--page-size", "20", "--max-pages", "1").exits(3);

        electTheStaleFollower("shorter");

        assertThat(export("shorter", "--page-size", "20").exits(7).error())
                .contains("shorter-0", "truncated", "ends at 60", "[0, 100)");
    }

    @Test
    void aLogThatWasCutBetweenTwoRunsOfASeriesIsTruncated() {
        createTopic("series");
        writeMoreThanTheFollowerHas("series");
        export("series", "--incremental").exits(0);

        electTheStaleFollower("series");
        assertThat(export("series", "--incremental").exits(7).error()).contains("series-0", "truncated", "ends at 60");
        send("series", 80);

        assertThat(export("series", "--incremental").exits(7).error())
                .contains("series-0", "truncated at offset 60", "another output");
        assertThat(new Output(dir.resolve("out")).rows()).hasSize(100);
    }

    @Test
    void anOrdinaryChangeOfLeaderIsNone() {
        createTopic("moved");
        try (Records records = Records.into("moved", clients())) {
            records.send(0, 100).flush();
            export("moved", "--page-size", "20", "--max-pages", "1").exits(3);
            // Epochs without records, and a log start that has passed some: neither is truncation.
            changeLeaderTo("moved", STALE);
            kafka.start(LEADER);
            awaitInSync("moved");
            changeLeaderTo("moved", LEADER);
            deleteRecords("moved", 20);

            export("moved", "--page-size", "20").exits(0);

            assertThat(new Output(dir.resolve("out")).rows()).isEqualTo(records.rows());
        }
    }

    private static void createTopic(String topic) {
        NewTopic creation = new NewTopic(topic, Map.of(0, List.of(LEADER, STALE)))
                .configs(Map.of(
                        "unclean.leader.election.enable", "true", "min.insync.replicas", "1", "retention.ms", "-1"));
        call(admin -> admin.createTopics(List.of(creation)).all());
        awaitInSync(topic);
    }

    /** 60 records on both replicas, 40 more on the leader alone; all of them acknowledged. */
    private static void writeMoreThanTheFollowerHas(String topic) {
        send(topic, 60);
        kafka.stop(STALE);
        Eventually.isTrue(
                "the follower is out of sync", () -> partition(topic).isr().size() == 1);
        send(topic, 40);
    }

    private static void electTheStaleFollower(String topic) {
        kafka.stop(LEADER);
        kafka.start(STALE);
        Eventually.isTrue("the stale follower leads", () -> isLedBy(topic, STALE));
    }

    private static void changeLeaderTo(String topic, int broker) {
        kafka.stop(broker == LEADER ? STALE : LEADER);
        Eventually.isTrue("broker " + broker + " leads", () -> isLedBy(topic, broker));
    }

    private static boolean isLedBy(String topic, int broker) {
        return partition(topic).leader() != null && partition(topic).leader().id() == broker;
    }

    private static void awaitInSync(String topic) {
        Eventually.isTrue("both replicas are in sync", () -> {
            try {
                return partition(topic).isr().size() == 2;
            } catch (IllegalStateException e) {
                // The topic is not known to every broker yet.
                return false;
            }
        });
    }

    private static TopicPartitionInfo partition(String topic) {
        return call(admin -> admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .get(0);
    }

    private static void deleteRecords(String topic, long before) {
        call(admin -> admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                .all());
    }

    private static void send(String topic, int count) {
        try (Records records = Records.into(topic, clients())) {
            records.send(0, count).flush();
        }
    }

    private static Map<String, Object> clients() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private interface AdminCall<T> {
        KafkaFuture<T> on(Admin admin);
    }

    private static <T> T call(AdminCall<T> call) {
        try (Admin admin = Admin.create(clients())) {
            return call.on(admin).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Cli.Result export(String topic, String... more) {
        return Cli.run(arguments(topic, more));
    }

    private String[] arguments(String topic, String... more) {
        String[] servers = {"--bootstrap-server", kafka.bootstrapServers()};
        return Stream.of(Cli.exportArguments(topic, dir.resolve("out"), more), servers)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }
}
