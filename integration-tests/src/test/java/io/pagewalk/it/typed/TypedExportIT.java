package io.pagewalk.it.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values with schemas become columns, of all versions, whatever becomes of the registry. */
class TypedExportIT {
    private static final String FIRST = """
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"int"},{"name":"note","type":"string"}]}""";
    private static final String SECOND = """
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"long"},{"name":"note","type":"string","default":"none"},
              {"name":"created","type":{"type":"long","logicalType":"timestamp-millis"},"default":0}]}""";
    private static final String THIRD = """
            {"type":"record","name":"Order","fields":[{"name":"note","type":"string"}]}""";
    private static final String[] PAGES = {"--page-size", "40", "--file-size", "20"};

    private final StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void valuesOfAllVersionsAreInTheSameColumns(String format) {
        try (Records records = twoVersions("typed" + format)) {
            Path out = dir.resolve("out");
            Cli.Result result = export(
                            records.topic(),
                            out,
                            "--format",
                            format,
                            "--value-format",
                            "auto",
                            "--schema-registry",
                            registry.url())
                    .exits(0);

            assertThat(result.err()).contains("--value-format avro");
            String table = format.equals("parquet")
                    ? "read_parquet('" + out + "/*.parquet')"
                    : "read_json('" + out + "/*.jsonl.zst')";
            assertThat(DuckDb.query("SELECT count(*), sum(value.id), count(DISTINCT value.note),"
                            + " count(*) FILTER (value.created > '2000-01-01'), min(CAST(valueSchemaId AS INT)) FROM "
                            + table))
                    .containsExactly(List.of("100", "4950", "51", "50", "1"));
            new Output(out).assertComplete(records.topic());
            verify(out);
            Cli.run("verify", "--output", out.toString(), "--against-topic", "--bootstrap-server", Broker.servers())
                    .exits(0);
        }
    }

    @Test
    void goesOnWithoutTheRegistryWithTheSameBytes() {
        try (Records records = twoVersions("typedresume")) {
            Path out = dir.resolve("out");
            Path whole = dir.resolve("whole");
            export(
                            records.topic(),
                            out,
                            "--schema-registry",
                            registry.url(),
                            "--value-format",
                            "avro",
                            "--max-pages",
                            "1")
                    .exits(3);
            export(records.topic(), whole, "--schema-registry", registry.url(), "--value-format", "avro")
                    .exits(0);
            registry.close();

            export(records.topic(), out, "--value-format", "bytes").exits(2);
            export(records.topic(), out, "--value-format", "avro").exits(0);

            assertThat(new Output(out).dataFiles())
                    .hasSameSizeAs(new Output(whole).dataFiles())
                    .containsAllEntriesOf(new Output(whole).dataFiles());
            verify(out);
        }
    }

    @Test
    void anIdThatIsMetLaterIsOnRecordBeforeTheFilesThatNeedIt() {
        String topic = Broker.topic("typedlater", 2, Map.of());
        registry.register(topic + "-value", "AVRO", FIRST);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 100; i++) {
                records.send(
                        i % 2, 1000 + i, null, i < 50 ? framed(1, FIRST, i, "first") : framed(2, THIRD, i, "third"));
            }
            records.flush();
            Path out = dir.resolve("out");
            String[] typed = {"--schema-registry", registry.url(), "--value-format", "avro"};

            assertThat(export(topic, out, typed).exits(6).err())
                    .contains("schema 2 of the value is unknown to the schema registry, or cannot be used");
            assertThat(schemaEntries(topic, out)).isEmpty();
            registry.registerAs(2, topic + "-value", "AVRO", THIRD);
            export(topic, out, typed).exits(0);

            assertThat(schemaEntries(topic, out)).hasSize(1);
            assertThat(DuckDb.query("SELECT count(*), sum(value.id), count(*) FILTER (value.note = 'third')"
                            + " FROM read_parquet('" + out + "/*.parquet')"))
                    .containsExactly(List.of("100", "1225", "50"));
            verify(out);
        }
    }

    private static List<String> schemaEntries(String topic, Path out) {
        return new Output(out)
                .entries(topic).values().stream()
                        .map(entry -> new String(entry, UTF_8))
                        .filter(entry -> entry.contains("\"kind\":\"schemas\""))
                        .toList();
    }

    @Test
    void payloadsThatAreBadAreSetAsideAndComeBackOnceTheirSchemaIsThere() throws IOException {
        try (Records records = twoVersions("typedbad")) {
            records.send(0, 5_000, null, framed(77, SECOND, 1000L, "later"));
            records.send(0, 5_001, null, "no frame".getBytes(UTF_8));
            records.flush();
            Path out = dir.resolve("out");
            export(
                            records.topic(),
                            out,
                            "--schema-registry",
                            registry.url(),
                            "--value-format",
                            "avro",
                            "--on-bad-record",
                            "dead-letter")
                    .exits(8);

            assertThat(letters(out))
                    .anyMatch(line -> line.contains("\"error\":\"no schema frame\""))
                    .anyMatch(line -> line.contains("\"error\":\"the schema is unknown, or cannot be used\""));
            verify(out);
            assertThat(DuckDb.query("SELECT count(*), sum(value.id) FROM read_parquet('" + out + "/*.parquet')"))
                    .containsExactly(List.of("100", "4950"));

            registry.registerAs(77, records.topic() + "-value", "AVRO", SECOND);
            Path rest = dir.resolve("rest");
            Cli.run(
                            "export",
                            "--from-dead-letters",
                            out.toString(),
                            "--topic",
                            records.topic(),
                            "--output",
                            rest.toString(),
                            "--schema-registry",
                            registry.url(),
                            "--value-format",
                            "avro",
                            "--on-bad-record",
                            "dead-letter")
                    .exits(8);
            assertThat(DuckDb.query("SELECT value.id, value.note FROM read_parquet('" + rest + "/*.parquet')"))
                    .containsExactly(List.of("1000", "later"));
            assertThat(new Output(out).allFiles()).anyMatch(name -> name.contains("/schemas/"));
            Cli.run("delete", "--output", out.toString(), "--yes").exits(0);
            assertThat(new Output(out).allFiles()).noneMatch(name -> name.contains("/schemas/"));
        }
    }

    @Test
    void plansTellTheColumns() {
        try (Records records = twoVersions("typedplan")) {
            Cli.Result plan = Cli.run(
                            "plan",
                            "--bootstrap-server",
                            Broker.servers(),
                            "--topic",
                            records.topic(),
                            "--schema-registry",
                            registry.url())
                    .exits(0);

            assertThat(plan.out())
                    .contains("--value-format avro")
                    .containsPattern("(?m)^value\\.id +int64 +" + records.topic() + "-value version 1$")
                    .containsPattern(
                            "(?m)^value\\.created +timestamp-micros +" + records.topic() + "-value version 2$");
        }
    }

    @ParameterizedTest
    @CsvSource({"--registry-context, eu", "--on-unknown-field, bad"})
    void whatIsOfSchemasIsRefusedWhereNothingHasOne(String option, String value) {
        assertThat(export("typednone", dir.resolve("out"), option, value)
                        .exits(2)
                        .err())
                .contains(option)
                .contains("of payloads with schemas");
    }

    private List<String> letters(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(file -> file.toString().contains("dead-letters") && Files.isRegularFile(file))
                    .flatMap(TypedExportIT::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cli.Result export(String topic, Path out, String... more) {
        return Cli.run(Cli.exportArguments(
                topic, out, Stream.of(PAGES, more).flatMap(Stream::of).toArray(String[]::new)));
    }

    private static void verify(Path out) {
        Cli.run("verify", "--output", out.toString(), "--deep").exits(0);
    }

    private Records twoVersions(String purpose) {
        String topic = Broker.topic(purpose, 2, Map.of());
        registry.register(topic + "-value", "AVRO", FIRST);
        registry.register(topic + "-value", "AVRO", SECOND);
        Records records = Records.into(topic);
        for (int i = 0; i < 100; i++) {
            records.send(
                    i % 2,
                    1000 + i,
                    null,
                    i < 50 ? framed(1, FIRST, i, "note " + i) : framed(2, SECOND, (long) i, "none"));
        }
        return records.flush();
    }

    private static byte[] framed(int id, String schema, Object number, String note) {
        byte[] body = binary(schema, number, note);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] binary(String schema, Object number, String note) {
        try {
            Schema parsed = new Schema.Parser().parse(schema);
            GenericRecord record = new GenericData.Record(parsed);
            if (parsed.getField("id") != null) {
                record.put("id", number);
            }
            record.put("note", note);
            if (parsed.getField("created") != null) {
                record.put("created", 1_700_000_000_123L);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(parsed).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
