package io.pagewalk.benchmark;

import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Planning one page. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PaginatorBenchmark {
    /** How many partitions the token has; the issue of a large cluster's topics is the last. */
    @Param({"100", "10000"})
    public int partitions;

    /** How many full slices make a page: a default page's eight, and the most that a page takes. */
    @Param({"8", "10000"})
    public int slices;

    private PageToken token;

    /** Makes the token. */
    @Setup
    public void prepare() {
        token = SampleTokens.token(partitions, slices);
    }

    /** The page of a token. */
    @Benchmark
    public Page plan() {
        return Paginator.plan(token);
    }
}
