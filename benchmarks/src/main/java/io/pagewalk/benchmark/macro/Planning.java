package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.PaginatorBenchmark;
import io.pagewalk.benchmark.macro.measure.Failed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The time to plan a page, as {@link PaginatorBenchmark} measures it. */
final class Planning {
    private Planning() {}

    /** Milliseconds, a figure per iteration, for 10,000 partitions and the most slices that a page takes. */
    static List<Double> measure(Path log) {
        Options options = new OptionsBuilder()
                .include(PaginatorBenchmark.class.getName() + ".plan")
                .param("partitions", "10000")
                .param("slices", "10000")
                .timeUnit(TimeUnit.MILLISECONDS)
                .forks(1)
                .output(log.toString())
                .build();
        List<Double> millis = new ArrayList<>();
        try {
            for (RunResult run : new Runner(options).run()) {
                for (BenchmarkResult fork : run.getBenchmarkResults()) {
                    for (IterationResult iteration : fork.getIterationResults()) {
                        millis.add(iteration.getPrimaryResult().getScore());
                    }
                }
            }
        } catch (RunnerException e) {
            throw new Failed("JMH: " + e.getMessage());
        }
        return millis;
    }
}
