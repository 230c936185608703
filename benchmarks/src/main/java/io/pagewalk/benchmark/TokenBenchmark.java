package io.pagewalk.benchmark;

import io.pagewalk.model.PageToken;
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

/** A token's text, written and read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TokenBenchmark {
    /** How many partitions the token has. */
    @Param({"100", "10000"})
    public int partitions;

    private PageToken token;
    private String text;

    /** Makes the token and its text. */
    @Setup
    public void prepare() {
        token = SampleTokens.token(partitions, 8);
        text = token.encode();
    }

    /** Token to text. */
    @Benchmark
    public String encode() {
        return token.encode();
    }

    /** Text to token, with all checks. */
    @Benchmark
    public PageToken decode() {
        return PageToken.parse(text);
    }
}
