package io.pagewalk;

import io.pagewalk.audit.Finding;
import java.util.function.Consumer;

/**
 * How an audit goes about it.
 *
 * @param deep whether every record of every file is decoded, too
 * @param againstTopic whether the records are compared with the topic, which takes a cluster
 * @param lastRuns how many runs of a series are audited, from the last one on; at least 1
 * @param findings told each finding when it is found, by the thread that called
 */
public record VerifyOptions(boolean deep, boolean againstTopic, int lastRuns, Consumer<Finding> findings) {
    /** Every run. */
    public static final int ALL_RUNS = Integer.MAX_VALUE;

    /** By the log and the checksums of files. */
    public static VerifyOptions quick(Consumer<Finding> findings) {
        return new VerifyOptions(false, false, ALL_RUNS, findings);
    }
}
