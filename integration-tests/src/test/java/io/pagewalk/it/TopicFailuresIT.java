package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.Export;
import io.pagewalk.ExportListener;
import io.pagewalk.FileSettings;
import io.pagewalk.Locations;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.error.FencedException;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.FilledTopics;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.topics.TopicExports;
import io.pagewalk.topics.TopicPlaces;
import io.pagewalk.topics.TopicResult;
import io.pagewalk.topics.TopicsListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** One of many topics fails, in each way there is: the others are complete, and all that is told names that one. */
class TopicFailuresIT {
    private static final int TOPICS = LongTests.count(20, 50);

    /** Those that never fail. */
    private static FilledTopics others;

    @TempDir
    Path dir;

    /** The one that does. */
    private FilledTopics one;

    private String all;
    private String bad;
    private Path out;

    @BeforeAll
    static void fillOthers() {
        others = new FilledTopics("healthy", TOPICS - 1, 10);
    }

    @BeforeEach
    void fill(TestInfo test) {
        one = new FilledTopics(test.getTestMethod().orElseThrow().getName(), 1, 41);
        bad = one.names().get(0);
        all = "healthy-.*," + bad;
        out = dir.resolve("out");
    }

    private Result export(String... more) {
        String[] report = {"--report", dir.resolve("report.json").toString()};
        return Cli.run(FilledTopics.arguments(
                all, out, Stream.of(report, more).flatMap(Stream::of).toArray(String[]::new)));
    }

    /** All others are complete, and all that is told says so. */
    private void assertOneFailed(Result result, int code) {
        result.exits(code);
        assertThat(result.err())
                .contains(TOPICS - 1 + " of " + TOPICS + " topics complete")
                .contains("1 of " + TOPICS + " topics failed, with exit code: " + bad + " (" + code
                        + "); run the same command again")
                .containsPattern("pagewalk: .*" + bad + ".*\\(exit code " + code + "\\)");
        assertOthersExact();
        assertReported(code);
    }

    private void assertReported(int code) {
        JsonNode report = Output.json(dir.resolve("report.json"));
        assertThat(report.get("exitCode").asInt()).isEqualTo(code);
        assertThat(report.get("exports")).hasSize(TOPICS);
        for (JsonNode export : report.get("exports")) {
            boolean isBad = export.get("topic").asText().equals(bad);
            assertThat(export.get("exitCode").asInt()).isEqualTo(isBad ? code : 0);
            assertThat(export.get("error").isNull()).isEqualTo(!isBad || code == 3 || code == 8);
        }
    }

    private void assertOthersExact() {
        others.names().forEach(topic -> others.assertExact(out, topic));
    }

    private Result begin() {
        return Cli.export(bad, out.resolve(bad), "--page-size", "10", "--max-pages", "1");
    }

    @Test
    void failed1() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve(bad), "not a directory");

        assertOneFailed(export(), 1);

        Files.delete(out.resolve(bad));
        export().exits(0);
        one.assertExact(out, bad);
    }

    @Test
    @LongTest
    void usage2() {
        Cli.export(bad, out.resolve(bad), "--page-size", "10").exits(0);

        assertOneFailed(export(), 2);
    }

    @Test
    @LongTest
    void stopped3() throws Exception {
        try (Records more = Records.into(bad)) {
            more.send(0, 100).flush();
        }

        Result result = export("--page-size", "80", "--max-pages", "1").exits(3);

        assertThat(result.err())
                .contains(TOPICS - 1 + " of " + TOPICS + " topics complete", bad + ": stopped at its limit");
        assertOthersExact();
        assertReported(3);
        export("--page-size", "80").exits(0);
        assertThat(FilledTopics.output(out, bad).rows()).hasSize(one.rows(bad).size() + 100);
    }

    @Test
    void dataLoss4AndWithExceptions8() throws Exception {
        begin().exits(3);
        Broker.deleteRecords(bad, 0, 20);

        assertOneFailed(export("--page-size", "10"), 4);
        Result recorded =
                export("--page-size", "10", "--on-data-loss", "record").exits(8);

        assertThat(recorded.err())
                .contains(TOPICS + " of " + TOPICS + " topics complete, " + (TOPICS - 1)
                        + " of them had nothing new, 1 with something on record")
                .contains("pagewalk: warning: " + bad);
        assertReported(8);
    }

    @Test
    @LongTest
    void formatMismatch6() {
        try (Records records = Records.into(bad)) {
            records.send(0, null, new byte[] {(byte) 0xff}).flush();
        }

        export("--value-format", "string", "--on-bad-record", "fail").exits(6);

        assertReported(6);
        assertThat(FilledTopics.output(out, bad).dataFiles()).isEmpty();
        others.names().forEach(topic -> FilledTopics.output(out, topic).assertComplete(topic));
    }

    @Test
    @LongTest
    void topicChanged7() throws Exception {
        begin().exits(3);
        Broker.recreate(bad, 1);

        assertOneFailed(export("--page-size", "10"), 7);
    }

    /** Another command works on it at the same time. */
    @Test
    void fenced5() throws Exception {
        AtomicBoolean taken = new AtomicBoolean();
        try (Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            TopicExports exports = new TopicExports(
                    pagewalk,
                    new TopicPlaces(Locations.directory(out), null),
                    topic -> ExportSpec.builder(topic, FileSettings.parquet().pin())
                            .keys(PayloadFormat.BYTES)
                            .values(PayloadFormat.BYTES)
                            .headers(PayloadFormat.BYTES)
                            .build(),
                    4);
            List<String> names = new ArrayList<>(others.names());
            names.add(bad);
            List<TopicResult> results = exports.run(names, RunOptions::builder, new TopicsListener() {
                @Override
                public ExportListener begins(String topic, Export export) {
                    return new ExportListener() {
                        @Override
                        public void frozen(ExportPlan plan) {
                            if (topic.equals(bad) && taken.compareAndSet(false, true)) {
                                Cli.export(bad, out.resolve(bad)).exits(0);
                            }
                        }
                    };
                }
            });

            assertThat(results).hasSize(TOPICS);
            for (TopicResult result : results) {
                if (result.topic().equals(bad)) {
                    assertThat(result.failure()).isInstanceOf(FencedException.class);
                } else {
                    assertThat(result.failure()).as(result.topic()).isNull();
                }
            }
        }
        assertOthersExact();
        one.assertExact(out, bad);
    }

    /** Who waits for one that does not answer does not wait for it a second time. */
    @Test
    void aClusterThatHasGoneEndsAllAtOnce() throws Exception {
        long started = System.nanoTime();
        Result result =
                Cli.run(FilledTopics.arguments(all, out, "--bootstrap-server", "127.0.0.1:1", "--retry-timeout", "1s"));

        assertThat(result.exits(1).error()).contains("127.0.0.1:1");
        assertThat(System.nanoTime() - started).isLessThan(20_000_000_000L);
    }
}
