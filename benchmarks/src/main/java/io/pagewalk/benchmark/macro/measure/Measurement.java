package io.pagewalk.benchmark.macro.measure;

import org.jspecify.annotations.Nullable;

/**
 * What a process cost.
 *
 * @param wallSeconds from before its start until after its end
 * @param cpuSeconds user and system time, of it and of all its children
 * @param peakBytes the most memory that was resident, or null where the system does not tell
 */
public record Measurement(
        double wallSeconds, double cpuSeconds, @Nullable Long peakBytes) {}
