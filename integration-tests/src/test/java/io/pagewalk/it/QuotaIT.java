package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.ListenersBroker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that hold a client back for a quota cost time, however long they do; brokers that die meanwhile do not cost more. */
@LongTest
class QuotaIT {
    /** Comes to silences of about ten seconds. */
    private static final double BYTES_PER_SECOND = 4_000;

    private static final String TIMEOUT = "2s";
    /** Batches have to be smaller than what a quota grants in ten seconds, or they never pass. */
    private static final int RECORDS_PER_BATCH = 10;

    @TempDir
    static Path shared;

    private static ListenersBroker broker;
    private static Records records;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() throws Exception {
        broker = ListenersBroker.start(shared);
        Topics.create(broker.servers(), "orders", 1, Map.of());
        records = Records.into("orders", Map.of("bootstrap.servers", broker.servers()));
        Random random = new Random(1);
        for (int i = 0; i < 150; i++) {
            byte[] value = new byte[300];
            random.nextBytes(value);
            records.send(0, null, value);
            if (i % RECORDS_PER_BATCH == 0) {
                records.flush();
            }
        }
        records.flush();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            records.close();
        } finally {
            broker.close();
        }
    }

    @Test
    void goesOnWhereItIsThrottledForLongerThanTheRetryTimeout() {
        broker.limit("exporting", "consumer_byte_rate", BYTES_PER_SECOND);
        Output output = new Output(dir.resolve("out"));

        Result result =
                export("exporting", broker.servers(), output.directory()).exits(0);

        assertThat(told(result))
                .anySatisfy(line -> assertThat(line)
                        .contains("throttled by a quota", "orders-0", "consumer_byte_rate", "client.id exporting"));
        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete("orders");
    }

    @Test
    void takesASampleWhereItIsThrottled() {
        broker.limit("sampling", "consumer_byte_rate", BYTES_PER_SECOND);
        useUp("sampling");

        Result result = plan("sampling").exits(0);

        assertThat(told(result))
                .anySatisfy(line -> assertThat(line).contains("throttled by a quota", "the sample of orders-0"));
    }

    @Test
    void looksForATimeWhereItIsThrottled() {
        broker.limit("searching", "consumer_byte_rate", BYTES_PER_SECOND);
        useUp("searching");
        String time = Instant.ofEpochMilli(Records.FIRST_TIMESTAMP + 75_000).toString();

        Result result = plan("searching", "--from", time).exits(0);

        assertThat(told(result))
                .anySatisfy(
                        line -> assertThat(line).contains("throttled by a quota", "the search for a time in orders-0"));
    }

    @Test
    void listsAPageWhereItIsThrottled() {
        broker.limit("paging", "consumer_byte_rate", BYTES_PER_SECOND);

        // All of it comes in one answer, which is more than the quota grants: the next one has to wait.
        Cli.run(arguments("paging", broker.servers(), "page", "--records", "150"))
                .exits(0);
        Result result = Cli.run(arguments("paging", broker.servers(), "page", "--records", "150"))
                .exits(0);

        assertThat(told(result))
                .anySatisfy(line -> assertThat(line).contains("throttled by a quota", "client.id paging"));
    }

    @Test
    void aBrokerThatDiesWhileItThrottlesIsNotWaitedForWithoutAnEnd() throws Exception {
        broker.limit("dying", "consumer_byte_rate", BYTES_PER_SECOND);
        CompletableFuture<Result> run =
                CompletableFuture.supplyAsync(() -> export("dying", broker.proxiedServers(), dir.resolve("out")));
        Eventually.isTrue("under way", () -> new Output(dir.resolve("out")).checkpoints("orders") > 0 || run.isDone());
        Thread.sleep(5_000);
        assertThat(run).isNotDone();

        long silent = System.nanoTime();
        broker.proxy().swallow();
        try {
            String error = run.get(90, TimeUnit.SECONDS).exits(1).error();

            assertThat(error).contains("orders-0", "for 2 s;", "run again, with a longer --retry-timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - silent)).isLessThan(Duration.ofSeconds(30));
        } finally {
            broker.proxy().pass();
            broker.proxy().cut();
        }
    }

    /** Reads until there is nothing left of what the quota grants at once. */
    private static void useUp(String clientId) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.servers(), "client.id", clientId),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("orders", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Eventually.isTrue("throttled", () -> {
                consumer.poll(Duration.ofMillis(100));
                consumer.seekToBeginning(List.of(partition));
                return consumer.metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals("fetch-throttle-time-max"))
                        .anyMatch(metric -> (double) metric.metricValue() > 3_000);
            });
        }
    }

    private static List<String> told(Result result) {
        return result.err()
                .lines()
                .filter(line -> line.startsWith("pagewalk: warning: "))
                .toList();
    }

    private static Result export(String clientId, String servers, Path output) {
        return Cli.run(exportArguments(clientId, servers, output, TIMEOUT));
    }

    private static String[] exportArguments(String clientId, String servers, Path output, String retryTimeout) {
        return arguments(
                clientId,
                servers,
                "export",
                "--retry-timeout",
                retryTimeout,
                "--output",
                output.toString(),
                "--progress",
                "none",
                "--key-format",
                "bytes",
                "--value-format",
                "bytes",
                "--header-format",
                "bytes");
    }

    private static Result plan(String clientId, String... more) {
        return Cli.run(arguments(clientId, broker.servers(), "plan", more));
    }

    private static String[] arguments(String clientId, String servers, String command, String... more) {
        String[] always = {
            command,
            "--bootstrap-server",
            servers,
            "--topic",
            "orders",
            "--retry-timeout",
            TIMEOUT,
            "--command-property",
            "client.id=" + clientId
        };
        return Stream.of(always, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
