package io.pagewalk;

import io.pagewalk.audit.Finding;
import io.pagewalk.execution.AuditWorkers;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an audit goes about it.
 *
 * @param deep whether every record of every file is decoded, too
 * @param againstTopic whether the records are compared with the topic, which takes a cluster
 * @param lastRuns how many runs of a series are audited, from the last one on; at least 1
 * @param workers checks files elsewhere, or null to check them in this process, as a comparison with the topic always does
 * @param findings told each finding, by the thread that called, in the order of the log: when it is found, or, where files are
 *     checked elsewhere, once those before have been checked
 */
public record VerifyOptions(
        boolean deep,
        boolean againstTopic,
        int lastRuns,
        AuditWorkers.@Nullable Opener workers,
        Consumer<Finding> findings) {
    /** Every run. */
    public static final int ALL_RUNS = Integer.MAX_VALUE;

    /** By the log and the checksums of files. */
    public static VerifyOptions quick(Consumer<Finding> findings) {
        return builder(findings).build();
    }

    /** Collects options, from those of {@link #quick} on. */
    public static Builder builder(Consumer<Finding> findings) {
        return new Builder(findings);
    }

    /** Collects options. For one thread. */
    public static final class Builder {
        private final Consumer<Finding> findings;
        private boolean deep;
        private boolean againstTopic;
        private int lastRuns = ALL_RUNS;
        private AuditWorkers.@Nullable Opener workers;

        private Builder(Consumer<Finding> findings) {
            this.findings = findings;
        }

        public Builder deep(boolean decodes) {
            deep = decodes;
            return this;
        }

        public Builder againstTopic(boolean compares) {
            againstTopic = compares;
            return this;
        }

        public Builder lastRuns(int runs) {
            lastRuns = runs;
            return this;
        }

        public Builder workers(AuditWorkers.@Nullable Opener opener) {
            workers = opener;
            return this;
        }

        public VerifyOptions build() {
            return new VerifyOptions(deep, againstTopic, lastRuns, workers, findings);
        }
    }
}
