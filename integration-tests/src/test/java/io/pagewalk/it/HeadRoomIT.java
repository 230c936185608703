package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series tells how far the topic's retention is from what it has not exported, and how fresh it is. */
class HeadRoomIT {
    private static final Duration RETENTION = Duration.ofDays(10);

    @TempDir
    Path dir;

    @Test
    void tellsOfTheTimeThatIsLeftAndWarnsWhereItIsLittle() {
        try (Records records = Records.into(topic("head-room"))) {
            send(records, 20, Duration.ofDays(9));
            assertThat(incremental(records).exits(0).err()).doesNotContain("head room");
            // One with a wrong date does not count.
            send(records, 1, Duration.ofDays(3_000));
            send(records, 20, Duration.ofHours(60));
            Path report = dir.resolve("report.json");

            Result second = incremental(records, "--report", report.toString()).exits(0);

            assertThat(second.err())
                    .contains("head room 75 %: the oldest record not yet exported is 60 h 0 min old")
                    .contains("and the topic keeps records for 240 h 0 min")
                    .doesNotContain("warning");
            assertThat(Output.json(report).at("/headRoom/share").asDouble()).isBetween(0.74, 0.76);
            assertThat(status().exits(0).out()).contains("Head room    75 %", "; --bootstrap-server tells of now)");

            send(records, 3, Duration.ofDays(9));
            assertThat(incremental(records).exits(0).err())
                    .contains("warning: topic " + records.topic()
                            + " may soon let go of what is not exported: head room 10 %");
            assertThat(statusWithBrokers().exits(0).out())
                    .contains("Next run     would begin where this one has ended; 0 new offsets")
                    .contains("Head room    100 %: every record is exported");
        }
    }

    @Test
    void tellsWhereTheTopicKeepsRecordsForGood() {
        String topic = Broker.topic("for-good", 1, Map.of("retention.ms", "-1", "retention.bytes", "1000000"));
        try (Records records = Records.into(topic)) {
            send(records, 5, Duration.ofDays(1));
            incremental(records).exits(0);
            send(records, 5, Duration.ofDays(1));

            assertThat(incremental(records).exits(0).err())
                    .contains("head room unlimited: the topic lets go of no record for its age; it keeps 977 KiB of a"
                            + " partition, and of each at least 5 offsets are exported and not yet gone");
        }
    }

    @Test
    void waitsForMoreWhileThereIsTime() {
        try (Records records = Records.into(topic("few"))) {
            send(records, 5, Duration.ofDays(1));
            incremental(records).exits(0);
            send(records, 5, Duration.ofDays(1));

            assertThat(incremental(records, "--min-offsets", "6").exits(0).err())
                    .contains(": 5 new offsets, fewer than --min-offsets asks for, since run 1", "head room 90 %");
            assertThat(incremental(records, "--min-offsets", "5").exits(0).err())
                    .contains("(run 2) is complete");

            send(records, 2, Duration.ofDays(6));
            assertThat(incremental(records, "--min-offsets", "100").exits(0).err())
                    .contains("(run 3) is complete");
            assertThat(new Output(dir.resolve("out")).rows()).hasSize(12);
        }
    }

    @Test
    void isStaleOnceItsLastRunIsTooOldUnlessNothingIsNew() throws Exception {
        try (Records records = Records.into(topic("fresh"))) {
            send(records, 5, Duration.ofDays(1));
            incremental(records).exits(0);
            status("--fresher-than", "1h").exits(0);
            Thread.sleep(1_100);

            assertThat(status("--fresher-than", "1s").exits(3).err())
                    .contains(
                            " is not fresh: its last run was frozen at ", "was not looked at, --bootstrap-server does");
            statusWithBrokers("--fresher-than", "1s").exits(0);
            send(records, 1, Duration.ofDays(1));
            assertThat(statusWithBrokers("--fresher-than", "1s").exits(3).out()).contains("has ended; 1 new offset");
        }
    }

    @Test
    void keepsWhatTheTopicWasSetTo() {
        try (Records records = Records.into(topic("facts"))) {
            send(records, 5, Duration.ofDays(1));
            incremental(records).exits(0);

            JsonNode facts = new Output(dir.resolve("out"))
                    .checkpoint(records.topic(), 0)
                    .at("/topicFacts");
            assertThat(facts.at("/partitions").asInt()).isOne();
            assertThat(facts.at("/replicationFactor").asInt()).isOne();
            assertThat(facts.at("/configs")).hasToString("{\"retention.ms\":\"" + RETENTION.toMillis() + "\"}");
        }
    }

    private static String topic(String purpose) {
        return Broker.topic(purpose, 1, Map.of("retention.ms", Long.toString(RETENTION.toMillis())));
    }

    private static void send(Records records, int count, Duration age) {
        long timestamp = Instant.now().minus(age).toEpochMilli();
        for (int i = 0; i < count; i++) {
            records.send(0, timestamp + i, null, "value".getBytes(UTF_8));
        }
        records.flush();
    }

    private Result incremental(Records records, String... more) {
        return Cli.export(records.topic(), dir.resolve("out"), with(more, "--incremental"));
    }

    private Result status(String... more) {
        return Cli.run(
                with(new String[] {"status", "--output", dir.resolve("out").toString()}, more));
    }

    private Result statusWithBrokers(String... more) {
        return status(with(more, "--bootstrap-server", Broker.servers()));
    }

    private static String[] with(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
