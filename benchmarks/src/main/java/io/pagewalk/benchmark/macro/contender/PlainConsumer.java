package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.SampleSchema;
import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import io.pagewalk.benchmark.macro.peer.Peers;
import io.pagewalk.benchmark.macro.peer.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What one writes by hand in an afternoon: a consumer, a library's object for each value, and parquet-java's writer of such objects. */
final class PlainConsumer implements Contender {
    private static final String LIKE_BARE =
            "One `KafkaConsumer` as `bare`'s, but with arrays of bytes, and one Parquet file, zstd level 1, row groups of 8 MiB: ";
    private static final String NOTHING_ELSE =
            " Values alone, without keys, headers and metadata; schemas from files, without a registry; no resume, no fsync.";

    private final Environment environment;
    private final String program;
    private final String does;
    private Path jars = Path.of("");
    private Path classes = Path.of("");

    private PlainConsumer(Environment environment, String program, String does) {
        this.environment = environment;
        this.program = program;
        this.does = LIKE_BARE + does + NOTHING_ELSE;
    }

    static PlainConsumer avro(Environment environment) {
        return new PlainConsumer(
                environment,
                "AvroToParquet",
                "a `GenericDatumReader` for each version, resolving to the newest one, that uses its record again, and"
                        + " `AvroParquetWriter`.");
    }

    static PlainConsumer protobuf(Environment environment) {
        return new PlainConsumer(
                environment,
                "ProtobufToParquet",
                "a `DynamicMessage` of the newest version for each value, and `ProtoParquetWriter` in the layout of Parquet's"
                        + " specification.");
    }

    @Override
    public String does() {
        return does;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jars = Peers.jars(environment, "plain", Versions.parquet());
        classes = Peers.compile(environment, "plain/" + program + ".java", jars);
    }

    @Override
    public Job job(Copy copy) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                environment.java().toString(),
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classes + ":" + jars + "/*",
                program,
                copy.servers(),
                copy.topic().name(),
                copy.output().resolve("values.parquet").toString()));
        command.addAll(schemas(copy));
        return Job.of(command);
    }

    /** Those of the topic as {@code ID=FILE}, oldest first. */
    static List<String> schemas(Copy copy) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (SampleSchema schema : copy.topic().shape().schemas()) {
            Path file = copy.directory().resolve("schema-" + schema.id());
            Files.writeString(file, schema.text(), UTF_8);
            arguments.add(schema.id() + "=" + file);
        }
        return arguments;
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.orders(copy.output(), ""));
    }
}
