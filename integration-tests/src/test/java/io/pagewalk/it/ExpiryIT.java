package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oldest runs of a series are removed, and the series goes on. */
class ExpiryIT {
    @TempDir
    Path dir;

    @Test
    void removesTheOldestRunsAndGoesOn() {
        try (Records records = runs(5)) {
            String topic = records.topic();
            SortedMap<String, byte[]> all = output().dataFiles();

            assertThat(expire("--keep-runs", "2").exits(0).out())
                    .startsWith("would expire runs 1 to 3: 6 files, ")
                    .contains("; --yes does it");
            assertThat(output().dataFiles()).hasSameSizeAs(all);
            assertThat(expire("--keep-runs", "2", "--yes").exits(0).out()).startsWith("expired runs 1 to 3: 6 files, ");

            assertThat(output().rows()).isEqualTo(records.rows().subList(30, 50));
            assertThat(logs(topic)).containsExactly(topic + "/1/4", topic + "/1/5", topic + "/1/expired");
            verify("--deep").exits(0);
            verify("--against-topic", "--bootstrap-server", Broker.servers()).exits(0);
            JsonNode status = Output.json(status("--json").exits(0).out());
            assertThat(status.at("/series/run").asInt()).isEqualTo(5);
            assertThat(status.at("/series/committed/records").asLong()).isEqualTo(50);
            assertThat(expire("--keep-runs", "2", "--yes").exits(0).out()).startsWith("nothing to expire");

            records.send(0, 10).flush();
            incremental(records).exits(0);
            assertThat(expire("--keep-runs", "1", "--yes").exits(0).out()).startsWith("expired runs 4 to 5: 4 files, ");
            assertThat(output().rows()).isEqualTo(records.rows().subList(50, 60));
            assertThat(logs(topic)).containsExactly(topic + "/1/6", topic + "/1/expired");
            verify().exits(0);
        }
    }

    @Test
    void keepsWhatIsYoungAndTheLastCompleteRun() throws Exception {
        try (Records records = runs(3)) {
            assertThat(expire("--keep", "1h", "--yes").exits(0).out()).startsWith("nothing to expire");
            records.send(0, 10).flush();
            incremental(records, "--max-pages", "1").exits(3);
            Thread.sleep(1_100);

            assertThat(expire("--keep", "1s", "--yes").exits(0).out()).startsWith("expired runs 1 to 2: ");

            incremental(records).exits(0);
            assertThat(output().rows()).isEqualTo(records.rows().subList(20, 40));
            verify().exits(0);
        }
    }

    @Test
    void removesWhatTheyHaveSetAside() {
        try (Records records = Records.into(Broker.topic("expired-aside", 1))) {
            String[] json = {"--value-format", "json", "--on-bad-record", "dead-letter"};
            for (int run = 1; run <= 2; run++) {
                records.send(0, null, ("bad " + run).getBytes(UTF_8)).flush();
                incremental(records, json).exits(8);
            }

            expire("--keep-runs", "1", "--yes").exits(0);

            assertThat(output().allFiles().stream().filter(name -> name.contains("/dead-letters/")))
                    .hasSize(1);
            verify().exits(0);
            status().exits(8);
        }
    }

    @Test
    @LongTest
    void keepsItsRecordInATopic() {
        String log = "kafka:" + Broker.topic("expired-logs", 1, Map.of("cleanup.policy", "compact"));
        try (Records records = Records.into(Broker.topic("expired-in-a-topic", 1))) {
            for (int run = 1; run <= 3; run++) {
                records.send(0, 10).flush();
                incremental(records, "--checkpoints", log).exits(0);
            }
            String[] brokers = {"--bootstrap-server", Broker.servers()};

            assertThat(expire(with(brokers, "--keep-runs", "1", "--yes"))
                            .exits(0)
                            .out())
                    .startsWith("expired runs 1 to 2: ");

            assertThat(output().rows()).isEqualTo(records.rows().subList(20, 30));
            verify(brokers).exits(0);
            records.send(0, 10).flush();
            incremental(records, "--checkpoints", log).exits(0);
            verify(brokers).exits(0);
            Cli.run(with(new String[] {"delete", "--output", out(), "--yes"}, brokers))
                    .exits(0);
            assertThat(incremental(records, "--checkpoints", log).exits(0).err())
                    .doesNotContain("(run ");
        }
    }

    @Test
    void deletesAlsoWhatIsOnRecord() {
        try (Records records = runs(3)) {
            expire("--keep-runs", "1", "--yes").exits(0);

            Cli.run("delete", "--output", out(), "--yes").exits(0);

            assertThat(output().allFiles()).containsExactly("_pagewalk/topic=" + records.topic() + "/deleted-1.json");
        }
    }

    @Test
    void saysWhatToKeep() {
        assertThat(expire().exits(2).error()).contains("say what to keep: --keep and a time, or --keep-runs");
        assertThat(expire("--keep-runs", "0").exits(2).error()).contains("the last complete run always stays");
    }

    /** Each of ten records in two files. */
    private Records runs(int count) {
        Records records = Records.into(Broker.topic("expiring", 1));
        for (int run = 1; run <= count; run++) {
            records.send(0, 10).flush();
            incremental(records).exits(0);
        }
        return records;
    }

    private String out() {
        return dir.resolve("out").toString();
    }

    private Output output() {
        return new Output(dir.resolve("out"));
    }

    /** The folders that have files. */
    private List<String> logs(String topic) {
        return output().allFiles().stream()
                .filter(name -> name.startsWith("_pagewalk/" + topic + "/"))
                .map(name -> name.substring("_pagewalk/".length(), name.lastIndexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }

    private Result incremental(Records records, String... more) {
        return Cli.export(
                records.topic(),
                dir.resolve("out"),
                with(new String[] {"--page-size", "5", "--file-size", "5"}, with(more, "--incremental")));
    }

    private Result expire(String... more) {
        return Cli.run(with(new String[] {"expire", "--output", out()}, more));
    }

    private Result status(String... more) {
        return Cli.run(with(new String[] {"status", "--output", out()}, more));
    }

    private Result verify(String... more) {
        return Cli.run(with(new String[] {"verify", "--output", out()}, more));
    }

    private static String[] with(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
