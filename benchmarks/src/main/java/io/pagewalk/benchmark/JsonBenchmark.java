package io.pagewalk.benchmark;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
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

/** Checks of payloads; an operation is one value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonBenchmark {
    private static final int VALUES = 1000;

    /** What the values look like. */
    @Param({"ORDERS", "PLAIN"})
    public Shape shape = Shape.ORDERS;

    private final ByteView[] values = new ByteView[VALUES];

    /** Makes the values; those that are null are left out, as nobody checks them. */
    @Setup
    public void prepare() {
        SampleRecords records = shape.records();
        int made = 0;
        for (long number = 0; made < VALUES; number++) {
            byte[] value = records.value(number);
            if (value != null) {
                values[made++] = ByteView.of(value);
            }
        }
    }

    /** Whether it is JSON. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public int json() {
        return accepted(PayloadFormat.JSON);
    }

    /** Whether it is UTF-8. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public int utf8() {
        return accepted(PayloadFormat.STRING);
    }

    private int accepted(PayloadFormat format) {
        int accepted = 0;
        for (ByteView value : values) {
            if (format.accepts(value)) {
                accepted++;
            }
        }
        return accepted;
    }
}
