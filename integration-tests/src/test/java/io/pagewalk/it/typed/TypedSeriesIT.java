package io.pagewalk.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series keeps the columns of its first run, and says which of the registry's it lacks. */
class TypedSeriesIT {
    private static final String FIRST = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]}""";
    private static final String SECOND = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"long"},
              {"name":"note","type":["null","string"],"default":null}]}""";

    private final StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void keepsItsColumnsAndSaysWhatTheyLack() {
        try (Records records = begun("typedseries")) {
            Path out = dir.resolve("out");
            records.send(0, null, framed(1, 5)).flush();

            assertThat(export(records.topic(), out).exits(0).err()).doesNotContain("newer versions");
            registry.register(records.topic() + "-value", "AVRO", SECOND);
            records.send(0, null, framed(1, 6)).flush();
            assertThat(export(records.topic(), out).exits(0).err())
                    .contains("topic " + records.topic() + ": the schema registry has newer versions ("
                            + records.topic() + "-value version 2)")
                    .contains(
                            "lacks columns of them: value.id as int64, value.note; records with values there are bad, a new"
                                    + " export into another output has all columns");

            assertThat(rows(out, "count(*), sum(value.id)")).containsExactly(List.of("3", "12"));
            Cli.run("verify", "--output", out.toString(), "--deep").exits(0);
        }
    }

    @Test
    void beginsNoRunWhereThatIsAskedFor() {
        try (Records records = begun("typedseriesfail")) {
            Path out = dir.resolve("out");
            registry.register(records.topic() + "-value", "AVRO", SECOND);
            records.send(0, null, framed(2, 5, 0)).flush();
            Map<String, byte[]> before = new Output(out).dataFiles();

            assertThat(export(records.topic(), out, "--on-new-schema", "fail")
                            .exits(6)
                            .err())
                    .contains("value.note")
                    .contains("--on-new-schema keep goes on without them");

            assertThat(new Output(out).dataFiles().keySet()).isEqualTo(before.keySet());
            Path merged = dir.resolve("merged");
            export(records.topic(), merged, "--on-new-schema", "fail").exits(0);
            assertThat(rows(merged, "count(*), sum(value.id), count(value.note)"))
                    .containsExactly(List.of("2", "6", "0"));
        }
    }

    @Test
    void goesOnWithoutARegistryThatIsGone() {
        try (Records records = begun("typedseriesgone")) {
            Path out = dir.resolve("out");
            records.send(0, null, framed(1, 5)).flush();
            registry.close();

            assertThat(export(records.topic(), out, "--on-new-schema", "fail", "--retry-timeout", "2s")
                            .exits(1)
                            .err())
                    .contains("versions of subject " + records.topic() + "-value: no answer");
            assertThat(export(records.topic(), out).exits(0).err())
                    .contains("whether the schema registry has newer schemas cannot be told");

            assertThat(rows(out, "count(*), sum(value.id)")).containsExactly(List.of("2", "6"));
        }
    }

    /** A series of one run, with one record. */
    private Records begun(String purpose) {
        String topic = Broker.topic(purpose, 1, Map.of());
        registry.register(topic + "-value", "AVRO", FIRST);
        Records records = Records.into(topic);
        records.send(0, null, framed(1, 1)).flush();
        export(topic, dir.resolve("out")).exits(0);
        return records;
    }

    private Cli.Result export(String topic, Path out, String... more) {
        String[] typed = {"--schema-registry", registry.url(), "--value-format", "avro", "--incremental"};
        return Cli.run(Cli.exportArguments(
                topic, out, Stream.of(typed, more).flatMap(Stream::of).toArray(String[]::new)));
    }

    private static List<List<String>> rows(Path out, String what) {
        return DuckDb.query("SELECT " + what + " FROM read_parquet('" + out + "/*.parquet')");
    }

    /** A payload whose fields have the values that small numbers are. */
    private static byte[] framed(int id, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + numbers.length).put((byte) 0).putInt(id);
        for (int number : numbers) {
            bytes.put((byte) (2 * number));
        }
        return bytes.array();
    }
}
