package io.pagewalk.benchmark;

import io.pagewalk.benchmark.macro.measure.Directory;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.schema.column.ColumnFreeze;
import io.pagewalk.internal.schema.column.FrozenColumn;
import io.pagewalk.internal.schema.column.SampledFrames;
import io.pagewalk.internal.schema.column.SchemaColumn;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.schema.registry.RegistryClient;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RowReader;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Values with a schema: decoded alone, and on their way to the bytes of one file, which are thrown away. An operation is one
 * record; with the profiler {@code gc}, {@code gc.alloc.rate.norm} is the bytes allocated for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class TypedBenchmark {
    /** Three row groups or so. */
    private static final int RECORDS = 120_000;

    /** What the records are of. */
    @Param({"AVRO", "PROTOBUF"})
    public Shape shape = Shape.AVRO;

    /** Format and compression. */
    @Param({"parquet none", "parquet zstd", "jsonl none"})
    public String format = "";

    private FileFormat encoding;
    private RowReader reader;
    private final RowEvents events = new RowEvents();
    private final List<RecordView> records = new ArrayList<>();

    /** Makes the records, and the columns as an export would. */
    @Setup
    public void prepare() throws IOException {
        SchemaColumn column = column(shape);
        reader = column.newReader();
        String[] choice = format.split(" ", 2);
        encoding = FileFormats.create(
                FileFormats.pin(choice[0], choice[1], null),
                new PayloadFormats(PayloadFormat.STRING, column, PayloadFormat.BYTES));
        SampleRecords samples = shape.records();
        for (int number = 0; number < RECORDS; number++) {
            records.add(new ReusableRecord()
                    .begin("orders", 0, number, samples.timestamp(number), TimestampType.CREATE_TIME)
                    .key(samples.key(number))
                    .value(samples.value(number))
                    .view());
        }
    }

    private static SchemaColumn column(Shape shape) throws IOException {
        Path directory = Files.createTempDirectory("typed-benchmark-");
        try (SampleRegistry registry = SampleRegistry.start();
                Storage storage = LocalStorage.open(directory, "_pagewalk/tmp=", "run")) {
            RegistryClient client = new RegistryClient(
                    RegistrySettings.of(registry.url(), Map.of(), Map.of()), null, Duration.ofSeconds(5), () -> false);
            FrozenColumn frozen = new ColumnFreeze(
                            shape.label() + "-orders",
                            Part.VALUE,
                            SchemaChoice.of(SchemaChoice.REGISTRY),
                            TimeUnit.MICROSECONDS)
                    .fromRegistry(client, new SampledFrames(Part.VALUE, false));
            SchemaFiles files = new SchemaFiles(storage, "_pagewalk/orders/1/schemas");
            frozen.schemas().forEach(files::write);
            return SchemaColumn.open(
                    Part.VALUE, frozen.pinned(), files, List.of(), TimeUnit.MICROSECONDS, (part, key) -> {
                        throw new IllegalStateException("all schemas are known");
                    });
        } finally {
            Directory.delete(directory);
        }
    }

    /** Values to events. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int decode() {
        int values = 0;
        for (RecordView record : records) {
            reader.read(record, events);
            values += events.count();
        }
        return values;
    }

    /** One file. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void encode() throws IOException {
        try (FileFormat.Encoder encoder = encoding.encoder(OutputStream.nullOutputStream())) {
            for (RecordView record : records) {
                encoder.write(record);
            }
            encoder.finish();
        }
    }
}
