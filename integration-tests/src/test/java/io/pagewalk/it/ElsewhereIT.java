package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.ExportPlace;
import io.pagewalk.ExportResult;
import io.pagewalk.FileSettings;
import io.pagewalk.OnDataLoss;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.VerifyOptions;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.execution.SliceOutcome.Failed.Kind;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices that are worked on by another connection, as another process would have it. */
class ElsewhereIT {
    @TempDir
    private Path directory;

    /** Does the work by a connection of its own, to and from which only text goes, and remembers the outcomes. */
    private static class Elsewhere implements SliceWorkers {
        private final String export;
        private final Pagewalk there =
                Pagewalk.connect(Broker.servers()).threads(2).open();
        private final List<SliceOutcome> outcomes;

        Elsewhere(ExportWork export, List<SliceOutcome> outcomes) {
            this.export = export.encode();
            this.outcomes = outcomes;
        }

        @Override
        public List<SliceOutcome> perform(List<SliceWork> work, Early early) {
            List<SliceOutcome> done = new ArrayList<>();
            for (SliceWork slice : work) {
                done.add(SliceOutcome.decode(performThere(slice.encode())));
                // Nobody has to tell of all.
                if (done.size() % 2 == 0) {
                    early.done(done.size() - 1, done.get(done.size() - 1));
                }
            }
            outcomes.addAll(done);
            return done;
        }

        private String performThere(String slice) {
            return there.perform(ExportWork.decode(export), SliceWork.decode(slice))
                    .encode();
        }

        @Override
        public void stop() {
            there.close();
        }

        @Override
        public void close() {
            there.close();
        }
    }

    private final List<SliceOutcome> outcomes = new CopyOnWriteArrayList<>();

    private RunOptions.Builder elsewhere() {
        return RunOptions.builder().workers(export -> new Elsewhere(export, outcomes));
    }

    private static ExportSpec spec(String topic) {
        return ExportSpec.builder(topic, FileSettings.parquet().pin())
                .pageSize(Size.records(300))
                .fileSize(Size.records(100))
                .build();
    }

    @Test
    void writesTheSameBytesAsThisProcess() throws Exception {
        try (Records records = Records.filled("elsewhere", 1000);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            ExportSpec spec = spec(records.topic());
            Path there = directory.resolve("there");
            Path here = directory.resolve("here");

            ExportResult result = pagewalk.export(spec, ExportPlace.of(there.toString()))
                    .run(elsewhere().build());
            pagewalk.export(spec, ExportPlace.of(here.toString())).run(RunOptions.defaults());

            assertThat(result.outcome()).isEqualTo(ExportResult.Outcome.COMPLETE);
            assertThat(result.figures().records()).isEqualTo(1000);
            assertThat(result.figures().fetchedBytes()).isPositive();
            assertThat(outcomes).isNotEmpty().allMatch(SliceOutcome.Done.class::isInstance);
            assertThat(new ArrayList<>(new Output(there).dataFiles().values()))
                    .usingRecursiveComparison()
                    .isEqualTo(new ArrayList<>(new Output(here).dataFiles().values()));
        }
    }

    /** A page may take as long as it takes, and nothing here tells that it moves. */
    /** Its one slice has an empty range. */
    @Test
    void exportsATopicWithoutRecords() throws Exception {
        try (Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            ExportResult result = pagewalk.export(
                            spec(Broker.topic("emptyelsewhere", 1)),
                            ExportPlace.of(directory.resolve("out").toString()))
                    .run(elsewhere().build());

            assertThat(result.outcome()).isEqualTo(ExportResult.Outcome.COMPLETE);
        }
    }

    @Test
    void waitsForWorkersLongerThanForBrokers() throws Exception {
        try (Records records = Records.filled("slowelsewhere", 100);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers())
                        .retryTimeout(Duration.ofSeconds(1))
                        .open()) {
            RunOptions slowly = RunOptions.builder()
                    .workers(export -> new Elsewhere(export, outcomes) {
                        @Override
                        public List<SliceOutcome> perform(List<SliceWork> work, Early early) {
                            // More than the retry timeout and what the watchdog adds to it.
                            sleep(Duration.ofSeconds(14));
                            return super.perform(work, early);
                        }
                    })
                    .build();

            ExportResult result = pagewalk.export(
                            spec(records.topic()),
                            ExportPlace.of(directory.resolve("out").toString()))
                    .run(slowly);

            assertThat(result.outcome()).isEqualTo(ExportResult.Outcome.COMPLETE);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void putsOnRecordWhatIsLostThereAndSendsTheSliceAgain() throws Exception {
        try (Records records = Records.filled("lostelsewhere", 1000);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            ExportSpec spec = spec(records.topic());
            ExportPlace place = ExportPlace.of(directory.resolve("out").toString());
            pagewalk.export(spec, place).run(elsewhere().maxPages(1L).build());
            outcomes.clear();
            Broker.deleteRecords(records.topic(), 0, 450);

            assertThatExceptionOfType(DataLossException.class)
                    .isThrownBy(
                            () -> pagewalk.export(spec, place).run(elsewhere().build()));
            ExportResult result = pagewalk.export(spec, place)
                    .run(elsewhere().onDataLoss(OnDataLoss.RECORD).build());

            assertThat(result.figures().losses())
                    .isNotEmpty()
                    .allMatch(lost -> lost.range().end() <= 450);
            assertThat(result.figures().totals().lost()).isPositive();
            assertThat(outcomes).anyMatch(SliceOutcome.Lost.class::isInstance);
            assertThat(pagewalk.stored(place)
                            .verify(VerifyOptions.quick(finding -> {}))
                            .isAsRecorded())
                    .isTrue();
        }
    }

    /** Payloads of JSON Schema are framed, and else as they are. */
    @Test
    void putsOnRecordWhichSchemasAreMetThereAndSendsTheSliceAgain() throws Exception {
        String schema = "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}";
        String topic = Broker.topic("typedelsewhere", 1);
        try (StandInRegistry registry = StandInRegistry.start();
                Records records = Records.into(topic);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers())
                        .schemaRegistry(registry.url(), Map::of)
                        .open()) {
            registry.register(topic + "-value", "JSON", schema);
            for (int i = 0; i < 500; i++) {
                byte[] text = ("{\"id\":" + i + "}").getBytes(UTF_8);
                records.send(
                        0,
                        1000 + i,
                        null,
                        ByteBuffer.allocate(5 + text.length)
                                .put((byte) 0)
                                .putInt(i < 350 ? 1 : 2)
                                .put(text)
                                .array());
            }
            records.flush();
            ExportSpec spec = ExportSpec.builder(topic, FileSettings.parquet().pin())
                    .pageSize(Size.records(300))
                    .fileSize(Size.records(100))
                    .valueSchema(SchemaChoice.of("json-schema"))
                    .build();
            ExportPlace place = ExportPlace.of(directory.resolve("out").toString());
            pagewalk.export(spec, place).run(elsewhere().maxPages(1L).build());
            registry.registerAs(
                    2, topic + "-value", "JSON", schema.replace("}}}", "},\"note\":{\"type\":\"string\"}}}"));

            ExportResult result = pagewalk.export(spec, place).run(elsewhere().build());

            assertThat(result.outcome()).isEqualTo(ExportResult.Outcome.COMPLETE);
            assertThat(outcomes).anyMatch(SliceOutcome.Met.class::isInstance);
            assertThat(DuckDb.query("SELECT count(*), sum(value.id) FROM read_parquet('" + directory.resolve("out")
                            + "/*.parquet')"))
                    .containsExactly(List.of("500", "124750"));
        }
    }

    /** Without that, each slice would read all schemas and merge them anew. */
    @Test
    void makesColumnsOnceForAllSlicesThere() throws Exception {
        String topic = Broker.topic("mergedonce", 1);
        AtomicInteger opened = new AtomicInteger();
        try (StandInRegistry registry = StandInRegistry.start();
                Records records = Records.into(topic);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers())
                        .schemaRegistry(registry.url(), () -> {
                            opened.incrementAndGet();
                            return Map.of();
                        })
                        .open()) {
            registry.register(topic + "-value", "AVRO", "\"int\"");
            registry.register(topic + "-key", "AVRO", "\"int\"");
            for (int i = 0; i < 1200; i++) {
                records.send(0, new byte[] {0, 0, 0, 0, 1, 2}, new byte[] {0, 0, 0, 0, 1, 4});
            }
            records.flush();
            Path out = directory.resolve("out");
            ExportSpec spec = ExportSpec.builder(topic, FileSettings.parquet().pin())
                    .pageSize(Size.records(300))
                    .fileSize(Size.records(100))
                    .keySchema(SchemaChoice.of("avro"))
                    .valueSchema(SchemaChoice.of("avro"))
                    .build();

            ExportResult result = pagewalk.export(spec, ExportPlace.of(out.toString()))
                    .run(RunOptions.builder()
                            .workers(export -> new Elsewhere(export, outcomes) {
                                @Override
                                public List<SliceOutcome> perform(List<SliceWork> work, Early early) {
                                    List<SliceOutcome> done = super.perform(work, early);
                                    removeSchemas(out);
                                    return done;
                                }
                            })
                            .build());

            assertThat(result.outcome()).isEqualTo(ExportResult.Outcome.COMPLETE);
            assertThat(outcomes).hasSize(12).allMatch(SliceOutcome.Done.class::isInstance);
            assertThat(opened).as("clients of the registry").hasValue(1);
            assertThat(DuckDb.query("SELECT sum(key), sum(value) FROM read_parquet('" + out + "/*.parquet')"))
                    .containsExactly(List.of("1200", "2400"));
        }
    }

    private static void removeSchemas(Path out) {
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file :
                    files.filter(each -> each.getParent().endsWith("schemas")).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void putsOnRecordOnceWhatSeveralPagesMeetAtTheSameTime() throws Exception {
        String schema = "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}";
        String topic = Broker.topic("typedtogether", 1);
        try (StandInRegistry registry = StandInRegistry.start();
                Records records = Records.into(topic);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers())
                        .schemaRegistry(registry.url(), Map::of)
                        .open()) {
            registry.register(topic + "-value", "JSON", schema);
            for (int i = 0; i < 600; i++) {
                records.forget(0, null, AvroPayloads.framed(i < 100 ? 1 : 2, ("{\"id\":" + i + "}").getBytes(UTF_8)));
            }
            records.flush();
            ExportSpec spec = ExportSpec.builder(topic, FileSettings.parquet().pin())
                    .pageSize(Size.records(100))
                    .fileSize(Size.records(100))
                    .valueSchema(SchemaChoice.of("json-schema"))
                    .build();
            ExportPlace place = ExportPlace.of(directory.resolve("out").toString());
            pagewalk.export(spec, place).run(elsewhere().maxPages(1L).build());
            registry.registerAs(2, topic + "-value", "JSON", schema + " ");
            // Long enough for the page ahead to meet it, too.
            registry.delay(500);

            pagewalk.export(spec, place).run(elsewhere().build());

            assertThat(outcomes.stream().filter(SliceOutcome.Met.class::isInstance))
                    .hasSizeGreaterThan(1);
            assertThat(new Output(directory.resolve("out"))
                            .entries(topic).values().stream()
                                    .filter(entry -> new String(entry, UTF_8).contains("\"kind\":\"schemas\"")))
                    .hasSize(1);
        }
    }

    @Test
    void tellsThereOfATopicThatIsNotTheOneOfTheExport() {
        AtomicReference<ExportWork> work = new AtomicReference<>();
        try (Records records = Records.filled("changedelsewhere", 1000);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            pagewalk.export(
                            spec(records.topic()),
                            ExportPlace.of(directory.resolve("out").toString()))
                    .run(RunOptions.builder()
                            .maxPages(1L)
                            .workers(export -> {
                                work.set(export);
                                return new Elsewhere(export, outcomes);
                            })
                            .build());
            Broker.recreate(records.topic(), 1);

            SliceOutcome outcome = pagewalk.perform(
                    work.get(),
                    new SliceWork(
                            new Slice(new TopicPartition(records.topic(), 0), new OffsetRange(0, 100)),
                            List.of(),
                            List.of()));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            SliceOutcome.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(Kind.TOPIC_CHANGED));
        }
    }

    @Test
    void endsWithWhatContradictsTheFormatThere() {
        try (Records records = Records.into(Broker.topic("mismatch", 1));
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            records.forget(0, null, new byte[] {(byte) 0xff});
            records.flush();
            ExportSpec spec = ExportSpec.builder(
                            records.topic(), FileSettings.parquet().pin())
                    .values(PayloadFormat.STRING)
                    .build();

            assertThatExceptionOfType(FormatMismatchException.class)
                    .isThrownBy(() -> pagewalk.export(
                                    spec,
                                    ExportPlace.of(directory.resolve("out").toString()))
                            .run(elsewhere().build()))
                    .withMessageContaining(records.topic() + "-0");
            assertThat(outcomes).hasSize(1).allMatch(SliceOutcome.Failed.class::isInstance);
        }
    }
}
