package io.pagewalk.benchmark.macro.report;

import org.jspecify.annotations.Nullable;

/** The figures of a run. */
public enum Metric {
    WALL_SECONDS,
    CPU_SECONDS,
    CPU_SECONDS_PER_MILLION,
    PEAK_MB,
    OUTPUT_MB;

    /** NaN if it was not measured. */
    double of(Run run) {
        return switch (this) {
            case WALL_SECONDS -> run.wallSeconds();
            case CPU_SECONDS -> run.cpuSeconds();
            case CPU_SECONDS_PER_MILLION -> run.cpuSeconds() / run.records() * 1e6;
            case PEAK_MB -> megabytes(run.peakBytes());
            case OUTPUT_MB -> megabytes(run.outputBytes());
        };
    }

    private static double megabytes(@Nullable Long bytes) {
        return bytes == null ? Double.NaN : bytes / 1e6;
    }
}
