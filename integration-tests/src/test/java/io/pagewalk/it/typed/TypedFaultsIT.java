package io.pagewalk.it.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.internal.schema.registry.StandInRegistry.Answer;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry may do to an export, and schemas that are many or large. */
class TypedFaultsIT {
    private static final Schema FIRST = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"},{"name":"note","type":"string"}]}""");
    private static final Schema LATER = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[{"name":"note","type":"string"}]}""");

    private StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aThousandVersionsAreOneTable() {
        String topic = Broker.topic("typedthousand", 1, Map.of());
        for (int version = 1; version <= 1000; version++) {
            registry.register(topic + "-value", "AVRO", version(version).toString());
        }
        // As a registry that is not next door.
        registry.delay(20);
        try (Records records = Records.into(topic)) {
            for (int version : new int[] {1, 500, 1000}) {
                Schema schema = version(version);
                records.forget(
                        0,
                        null,
                        AvroPayloads.framed(version, schema, AvroPayloads.record(schema, (long) version, "x")));
            }
            records.flush();
            long begun = System.nanoTime();

            export(topic).exits(0);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(2));
            assertThat(registry.busiest()).isBetween(2, 32);
            assertThat(DuckDb.query("SELECT count(*), sum(value.id), count(value.f0), count(value.f99) FROM "
                            + "read_parquet('" + out() + "/*.parquet')"))
                    .containsExactly(List.of("3", "1501", "1", "3"));
            Cli.run("verify", "--output", out().toString(), "--deep").exits(0);
        }
    }

    /** Its fields change every ten versions. */
    private static Schema version(int version) {
        return AvroPayloads.schema("{\"type\":\"record\",\"name\":\"Order\",\"doc\":\"version " + version
                + "\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"f" + (version - 1) / 10
                + "\",\"type\":\"string\",\"default\":\"\"}]}");
    }

    /** Two versions, neither of which has as many. */
    @Test
    void moreThanTenThousandColumnsAreRefused() {
        String topic = topic("typedwide", 1);
        registry.register(topic + "-value", "AVRO", wide("a", 5_001));
        registry.register(topic + "-value", "AVRO", wide("b", 5_001));

        assertThat(export(topic).exits(2).error())
                .contains("no columns can be made of the value of topic " + topic, "10000");
        assertThat(out()).doesNotExist();

        registry.forget(1);
        registry.forget(2);
        registry.forget(3);
        registry.forget(4);
        registry.registerAs(1, topic + "-value", "AVRO", wide("c", 10_001));
        assertThat(export(topic).exits(2).error()).contains("no columns can be made of the value of topic " + topic);
        assertThat(out()).doesNotExist();
    }

    private static String wide(String name, int fields) {
        return IntStream.range(0, fields)
                .mapToObj(i -> "{\"name\":\"" + name + i + "\",\"type\":\"int\",\"default\":0}")
                .collect(Collectors.joining(",", "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[", "]}"));
    }

    @Test
    void aRegistryThatIsAwayAtTheStartIs1AndLeavesNothing() {
        String topic = topic("typedstart", 100);
        registry.close();

        assertThat(export(topic, "--retry-timeout", "2s").exits(1).error())
                .contains("no answer from " + registry.url(), "within 2 s");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aRegistryThatIsAwayInTheMiddleIs1AndTheNextRunGoesOn() throws IOException {
        String topic = topic("typedmiddle", 100);
        registry.answer(request -> request.path().startsWith("/schemas/ids/2") ? Answer.error(503, 50301) : null);
        String[] impatient = {"--retry-timeout", "2s", "--on-bad-record", "dead-letter"};

        assertThat(export(topic, impatient).exits(1).error()).contains("schema id 2", "503");
        int committed = new Output(out()).checkpoints(topic);
        assertThat(committed).as("entries").isGreaterThan(1);
        int port = registry.port();
        registry.close();
        assertThat(export(topic, impatient).exits(1).error()).contains("no answer from " + registry.url());
        assertThat(new Output(out()).checkpoints(topic)).isEqualTo(committed);
        assertThat(schemaEntries(topic)).isEmpty();

        registry = StandInRegistry.startAt(port);
        registry.registerAs(2, topic + "-value", "AVRO", LATER.toString());
        export(topic, "--max-pages", "1").exits(3);
        registry.close();
        export(topic).exits(0);

        assertWhole();
        assertThat(schemaEntries(topic)).hasSize(1);
    }

    @Test
    void aWrongUrlIsNotAnUnknownId() {
        String topic = topic("typedwrong", 100);
        Function<StandInRegistry.Request, Answer> website = request ->
                new Answer(404, Map.of("Content-Type", "text/html"), "<html>not found</html>".getBytes(UTF_8));
        registry.answer(website);
        assertThat(export(topic).exits(2).error()).contains(registry.url());
        assertThat(out()).doesNotExist();

        registry.answer(request -> request.path().startsWith("/schemas/ids/2") ? website.apply(request) : null);
        assertThat(export(topic, "--on-bad-record", "dead-letter").exits(2).error())
                .contains("schema id 2", registry.url());
        assertThat(schemaEntries(topic)).isEmpty();
        assertThat(new Output(out()).allFiles()).noneMatch(name -> name.contains("dead-letters"));

        registry.answer(request -> null);
        export(topic, "--on-bad-record", "dead-letter").exits(0);
        assertWhole();
    }

    @Test
    void aTokenThatExpiresIsRenewedOnceAndThenTheRunEnds() throws IOException {
        String topic = topic("typedtoken", 100);
        AtomicInteger given = new AtomicInteger();
        AtomicInteger expired = new AtomicInteger();
        try (StandInRegistry issuer = StandInRegistry.start()) {
            issuer.answer(request ->
                    Answer.json(200, "{\"access_token\":\"t" + given.incrementAndGet() + "\",\"expires_in\":3600}"));
            Path config = Files.writeString(dir.resolve("registry.properties"), """
                    bearer.auth.credentials.source=OAUTHBEARER
                    bearer.auth.issuer.endpoint.url=%s/token
                    bearer.auth.client.id=client
                    bearer.auth.client.secret=pl4nted-S3cret
                    """.formatted(issuer.url()));
            registry.answer(request -> {
                // The first token is not taken any more once a record's schema is asked for.
                expired.compareAndSet(0, request.path().startsWith("/schemas/ids/2") ? 1 : 0);
                String token = String.valueOf(request.headers().get("Authorization"));
                boolean isGood =
                        token.matches("Bearer t[0-9]+") && Integer.parseInt(token.substring(8)) > expired.get();
                return isGood ? null : Answer.error(401, 40101);
            });
            String[] configured = {"--schema-registry-config", config.toString()};

            export(
                            topic,
                            Stream.of(configured, new String[] {"--max-pages", "4"})
                                    .flatMap(Stream::of)
                                    .toArray(String[]::new))
                    .exits(3);
            int before = given.get();
            assertThat(before).as("tokens").isPositive();
            expired.set(Integer.MAX_VALUE);
            Path other = dir.resolve("other");
            Cli.Result refused = Cli.run(arguments(topic, other, configured)).exits(2);

            assertThat(refused.error())
                    .contains("refused the credentials", "401")
                    .doesNotContain("S3cret");
            assertThat(given.get()).as("tokens").isEqualTo(before + 2);
            assertThat(other).doesNotExist();
            expired.set(0);
            export(topic, configured).exits(0);
            assertWhole();
        }
    }

    /** Of records of a schema that is pinned, and behind them of one that is registered later. */
    private String topic(String purpose, int records) {
        String topic = Broker.topic(purpose, 1, Map.of());
        registry.registerAs(1, topic + "-value", "AVRO", FIRST.toString());
        registry.registerAs(2, topic + "-elsewhere", "AVRO", LATER.toString());
        try (Records all = Records.into(topic)) {
            for (int i = 0; i < records; i++) {
                all.forget(
                        0,
                        null,
                        i < 60 || i % 2 == 0
                                ? AvroPayloads.framed(1, FIRST, AvroPayloads.record(FIRST, i, "first"))
                                : AvroPayloads.framed(2, LATER, AvroPayloads.record(LATER, "later")));
            }
            all.flush();
        }
        return topic;
    }

    private void assertWhole() {
        assertThat(DuckDb.query(
                        "SELECT count(*), sum(value.id), count(*) FILTER (value.note = 'later') FROM read_parquet('"
                                + out() + "/*.parquet')"))
                .containsExactly(List.of("100", "3350", "20"));
        Cli.run("verify", "--output", out().toString(), "--deep").exits(0);
    }

    private Path out() {
        return dir.resolve("out");
    }

    private Cli.Result export(String topic, String... more) {
        return Cli.run(arguments(topic, out(), more));
    }

    private String[] arguments(String topic, Path output, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--value-format",
                "avro",
                "--schema-registry",
                registry.url(),
                "--value-subject",
                topic + "-value",
                "--page-size",
                "20",
                "--file-size",
                "10"));
        options.addAll(List.of(more));
        return Cli.exportArguments(topic, output, options.toArray(String[]::new));
    }

    private List<String> schemaEntries(String topic) {
        return new Output(out())
                .entries(topic).values().stream()
                        .map(entry -> new String(entry, UTF_8))
                        .filter(entry -> entry.contains("\"kind\":\"schemas\""))
                        .toList();
    }
}
