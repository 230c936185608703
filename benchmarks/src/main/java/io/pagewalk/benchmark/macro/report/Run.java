package io.pagewalk.benchmark.macro.report;

import org.jspecify.annotations.Nullable;

/**
 * One process that did its work.
 *
 * @param scenario what it was measured for
 * @param entrant its name in that scenario
 * @param round counted from 1; what ran in the same round is compared
 * @param records how many it copied
 * @param wallSeconds from before its start until after its end
 * @param cpuSeconds user and system time of it and its children
 * @param peakBytes the most resident memory, or null where the system does not tell
 * @param outputBytes the size of what it wrote
 * @param remark what else its output tells, a sentence; empty if nothing
 */
public record Run(
        String scenario,
        String entrant,
        int round,
        long records,
        double wallSeconds,
        double cpuSeconds,
        @Nullable Long peakBytes,
        long outputBytes,
        String remark) {}
