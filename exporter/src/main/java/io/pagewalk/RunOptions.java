package io.pagewalk;

import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.series.SeriesTerms;
import io.pagewalk.internal.typed.NewSchemas;
import io.pagewalk.internal.typed.RegistryPlace;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.schema.OnNewSchema;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one run goes about its export. Nothing of it shapes the output, so that each run may have others.
 *
 * @param maxPages after how many pages of this run it ends, at least 1, or null for no limit
 * @param maxDuration at the first commit after so long it ends, or null for no limit
 * @param onDataLoss what to do where records are gone from the topic
 * @param onBadRecord what to do where a record does not fit into the files, or null to set it aside where the format was decided
 *     by a sample, and to stop elsewhere
 * @param maxBadRecords how many records of a page may be set aside, at least 1
 * @param incremental whether to go on with a complete export: its last run is finished, if need be, and what is new is the next run
 * @param minOffsets so many new offsets make a run of a series, at least 1; fewer do if the topic may soon let go of them
 * @param windowDelay how long after its end a window of a series is exported, not negative
 * @param successMarker whether a window that is complete gets a file {@code _SUCCESS} in its directory
 * @param onNewSchema what to do before a run of a series begins where the registry has newer schemas than the series' columns are made of
 * @param withGroups whether what the topic's consumer groups have committed is kept with each run that begins
 * @param table which table is to follow the export, or null for none
 * @param workers does the work on slices elsewhere, or null to do it in this process
 * @param listener told what happens
 */
public record RunOptions(
        @Nullable Long maxPages,
        @Nullable Duration maxDuration,
        OnDataLoss onDataLoss,
        @Nullable OnBadRecord onBadRecord,
        long maxBadRecords,
        boolean incremental,
        long minOffsets,
        Duration windowDelay,
        boolean successMarker,
        OnNewSchema onNewSchema,
        boolean withGroups,
        @Nullable TableRequest table,
        SliceWorkers.@Nullable Opener workers,
        ExportListener listener) {
    public static final long DEFAULT_MAX_BAD_RECORDS = 1000;
    /** Of producers, and of what they wait for before they send. */
    public static final Duration DEFAULT_WINDOW_DELAY = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException if a number is out of its range */
    public RunOptions {
        require(maxPages == null || maxPages >= 1, "maxPages");
        require(maxBadRecords >= 1, "maxBadRecords");
        require(minOffsets >= 1, "minOffsets");
        require(!windowDelay.isNegative(), "windowDelay");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of its range");
        }
    }

    /**
     * Checks that an export can be run so; each run checks it, too.
     *
     * @throws io.pagewalk.error.UsageException if it cannot
     */
    public void requireFit(ExportSpec spec) {
        terms(spec).requireFit(spec);
    }

    @Nullable
    TableRequest tableOf(ExportSpec spec) {
        return table == null ? null : table.ofTopic(spec.topic());
    }

    SeriesTerms terms(ExportSpec spec) {
        return new SeriesTerms(
                incremental || spec.windows() != null,
                minOffsets,
                windowDelay,
                onDataLoss == OnDataLoss.RECORD,
                successMarker);
    }

    NewSchemas newSchemas(@Nullable RegistryPlace registry, SchemaFiles files, BooleanSupplier stopped) {
        return new NewSchemas(registry, files, onNewSchema == OnNewSchema.FAIL, listener::newSchemas, stopped);
    }

    /** To its end, as fast as it can, and stopping where something is lost. */
    public static RunOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. For one thread. */
    public static final class Builder {
        private @Nullable Long maxPages;
        private @Nullable Duration maxDuration;
        private OnDataLoss onDataLoss = OnDataLoss.FAIL;
        private @Nullable OnBadRecord onBadRecord;
        private long maxBadRecords = DEFAULT_MAX_BAD_RECORDS;
        private boolean incremental;
        private long minOffsets = 1;
        private Duration windowDelay = DEFAULT_WINDOW_DELAY;
        private boolean successMarker;
        private OnNewSchema onNewSchema = OnNewSchema.KEEP;
        private boolean withGroups;
        private @Nullable TableRequest table;
        private SliceWorkers.@Nullable Opener workers;
        private ExportListener listener = new ExportListener() {};

        private Builder() {}

        /** Another one that has collected the same. */
        public Builder copy() {
            Builder copy = new Builder();
            copy.maxPages = maxPages;
            copy.maxDuration = maxDuration;
            copy.onDataLoss = onDataLoss;
            copy.onBadRecord = onBadRecord;
            copy.maxBadRecords = maxBadRecords;
            copy.incremental = incremental;
            copy.minOffsets = minOffsets;
            copy.windowDelay = windowDelay;
            copy.successMarker = successMarker;
            copy.onNewSchema = onNewSchema;
            copy.withGroups = withGroups;
            copy.table = table;
            copy.workers = workers;
            copy.listener = listener;
            return copy;
        }

        public Builder maxPages(@Nullable Long pages) {
            maxPages = pages;
            return this;
        }

        public Builder maxDuration(@Nullable Duration duration) {
            maxDuration = duration;
            return this;
        }

        public Builder onDataLoss(OnDataLoss what) {
            onDataLoss = what;
            return this;
        }

        public Builder onBadRecord(@Nullable OnBadRecord what) {
            onBadRecord = what;
            return this;
        }

        public Builder maxBadRecords(long records) {
            maxBadRecords = records;
            return this;
        }

        public Builder incremental(boolean goingOn) {
            incremental = goingOn;
            return this;
        }

        public Builder minOffsets(long offsets) {
            minOffsets = offsets;
            return this;
        }

        public Builder windowDelay(Duration delay) {
            windowDelay = delay;
            return this;
        }

        public Builder successMarker(boolean marking) {
            successMarker = marking;
            return this;
        }

        public Builder onNewSchema(OnNewSchema what) {
            onNewSchema = what;
            return this;
        }

        public Builder withGroups(boolean keeping) {
            withGroups = keeping;
            return this;
        }

        public Builder table(@Nullable TableRequest which) {
            table = which;
            return this;
        }

        public Builder workers(SliceWorkers.@Nullable Opener opener) {
            workers = opener;
            return this;
        }

        public Builder listener(ExportListener told) {
            listener = told;
            return this;
        }

        /**
         * What was collected.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public RunOptions build() {
            return new RunOptions(
                    maxPages,
                    maxDuration,
                    onDataLoss,
                    onBadRecord,
                    maxBadRecords,
                    incremental,
                    minOffsets,
                    windowDelay,
                    successMarker,
                    onNewSchema,
                    withGroups,
                    table,
                    workers,
                    listener);
        }
    }
}
