package io.pagewalk.internal.schema.own;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.error.RegistryRefusedException;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.FrameFault;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegistryClient;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a registry tells of schemas is asked for once, and what it does not know or tell is not remembered for long. */
class OwnSchemasTest {
    private static final String ORDER = """
            {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"}]}""";
    private static final String PROTO = """
            syntax = "proto3"; package shop; message First { string a = 1; } message Second { int64 b = 1; }""";
    private static final int MOST = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StandInRegistry registry = StandInRegistry.start();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger opened = new AtomicInteger();
    private final OwnSchemas schemas = new OwnSchemas(this::open, MOST, nanos::get);
    private Duration retryTimeout = Duration.ofSeconds(15);

    private RegistryClient open(String context) {
        opened.incrementAndGet();
        return new RegistryClient(
                RegistrySettings.of(registry.url(), Map.of(), Map.of()),
                context.isEmpty() ? null : context,
                retryTimeout,
                () -> false);
    }

    @AfterEach
    void close() {
        schemas.close();
        registry.close();
    }

    @Test
    void manyWhoAskForTheSameSchemaAskTheRegistryOnce() throws Exception {
        int id = registry.register("orders-value", "AVRO", ORDER);
        registry.delay(200);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<OwnAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            answers.add(threads.submit(() -> find(id)));
        }
        for (Future<OwnAnswer> answer : answers) {
            assertThat(answer.get()).isInstanceOf(OwnAnswer.Found.class);
        }
        threads.shutdown();

        assertThat(registry.requests()).hasSize(1);
        assertThat(opened).hasValue(1);
    }

    @Test
    void anUnknownSchemaIsAskedForAgainSomeSecondsLater() {
        assertThat(find(7)).isInstanceOf(OwnAnswer.Unknown.class);
        registry.registerAs(7, "orders-value", "AVRO", ORDER);

        assertThat(find(7)).isInstanceOf(OwnAnswer.Unknown.class);
        nanos.addAndGet(OwnSchemas.UNKNOWN_FOR.plusSeconds(1).toNanos());
        assertThat(find(7)).isInstanceOf(OwnAnswer.Found.class);
        registry.forget(7);
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(find(7)).isInstanceOf(OwnAnswer.Found.class);
    }

    @Test
    void aRegistryThatHangsIsNotWaitedForLongerThanSomebodyWantsTo() {
        int id = registry.register("orders-value", "AVRO", ORDER);
        registry.delay(1_000);
        long begun = System.nanoTime();

        assertThatExceptionOfType(PageDeadlineException.class)
                .isThrownBy(() -> schemas.find("", new SchemaKey.Id(id), Duration.ofMillis(50)))
                .withMessageContaining("has not told in time what schema " + id + " is");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
        assertThat(find(id)).isInstanceOf(OwnAnswer.Found.class);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void aFailureIsToldAndNotRemembered() {
        int id = registry.register("orders-value", "AVRO", ORDER);
        retryTimeout = Duration.ofSeconds(1);
        registry.answer(request -> StandInRegistry.Answer.error(401, 401));

        assertThatExceptionOfType(RegistryRefusedException.class).isThrownBy(() -> find(id));
        registry.answer(request -> StandInRegistry.Answer.error(500, 500));
        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> find(id));
        registry.answerNext(0, StandInRegistry.Answer.error(500, 500));
        assertThat(find(id)).isInstanceOf(OwnAnswer.Found.class);
    }

    @Test
    void keepsABoundedNumber() {
        for (int id = 1; id <= MOST + 10; id++) {
            find(id);
        }

        assertThat(schemas.size()).isEqualTo(MOST);
    }

    @Test
    void aMessageOfProtobufIsTheOneThatTheFrameNames() {
        int id = registry.register("orders-value", "PROTOBUF", PROTO);
        OwnSchema schema = ((OwnAnswer.Found) find(id)).schema();
        OwnFrames frames = new OwnFrames(false);
        byte[] second = {0, 0, 0, 0, (byte) id, 2, 2, 8, 1};
        byte[] first = {0, 0, 0, 0, (byte) id, 0, 10, 1, 'x'};

        assertThat(name(schema, frames, second)).isEqualTo("shop.Second");
        assertThat(name(schema, frames, first)).isEqualTo("shop.First");
        assertThat(frames.read(record("no frame".getBytes(UTF_8)), ByteView.of("no frame".getBytes(UTF_8))))
                .isEqualTo(FrameFault.MISSING);
    }

    @Test
    void aSchemaWithoutATitleIsCalledByItsSubject() {
        int id = registry.register("carts-value", "JSON", "{\"type\":\"object\",\"properties\":{\"a\":{}}}");
        int titled = registry.register(
                "carts-value", "JSON", "{\"title\":\"Cart\",\"type\":\"object\",\"properties\":{\"b\":{}}}");

        assertThat(name(id)).isEqualTo("carts-value");
        assertThat(name(titled)).isEqualTo("Cart");
    }

    @Test
    void whatLooksLikeAnIdOfAnotherRegistryEndsNothing() {
        assertThat(schemas.find("", new SchemaKey.GlobalId(5), PATIENCE)).isInstanceOf(OwnAnswer.Unusable.class);
    }

    private String name(int id) {
        OwnSchema schema = ((OwnAnswer.Found) find(id)).schema();
        return schema.name(Objects.requireNonNull(schema.table(new Frame(), "")));
    }

    private static String name(OwnSchema schema, OwnFrames frames, byte[] payload) {
        assertThat(frames.read(record(payload), ByteView.of(payload))).isNull();
        assertThat(frames.readMessage(record(payload), ByteView.of(payload))).isNull();
        return schema.name(Objects.requireNonNull(schema.table(frames.frame(), "")));
    }

    private static RecordView record(byte[] value) {
        return new ReusableRecord()
                .begin("orders", 0, 0, 0, TimestampType.CREATE_TIME)
                .key(null)
                .value(value)
                .view();
    }

    private OwnAnswer find(int id) {
        return schemas.find("", new SchemaKey.Id(id), PATIENCE);
    }
}
