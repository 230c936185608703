package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
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
 * Records to the bytes of one file, which are thrown away. An operation is one record; with the profiler {@code gc},
 * {@code gc.alloc.rate.norm} is the bytes allocated for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class EncoderBenchmark {
    /** Three row groups or so. */
    private static final int RECORDS = 60_000;

    /** Format and compression. */
    @Param({"jsonl none", "jsonl zstd", "parquet none", "parquet zstd"})
    public String format = "";

    /** What the records look like. */
    @Param({"ORDERS", "PLAIN"})
    public Shape shape = Shape.ORDERS;

    private FileFormat encoding;
    private List<RecordView> records;

    /** Makes the records. */
    @Setup
    public void prepare() {
        String[] choice = format.split(" ", 2);
        PayloadFormats payloads = new PayloadFormats(PayloadFormat.STRING, PayloadFormat.JSON, PayloadFormat.BYTES);
        encoding = FileFormats.create(FileFormats.pin(choice[0], choice[1], null), payloads);
        SampleRecords samples = shape.records();
        records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(view(samples, i));
        }
    }

    private static RecordView view(SampleRecords samples, int number) {
        ReusableRecord record = new ReusableRecord()
                .begin("orders", 0, number, samples.timestamp(number), TimestampType.CREATE_TIME)
                .key(samples.key(number))
                .value(samples.value(number));
        for (SampleHeader header : samples.headers(number)) {
            record.header(header.key().getBytes(UTF_8), header.value());
        }
        return record.view();
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
