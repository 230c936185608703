package io.pagewalk.simulation;

import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.series.NextRuns;
import io.pagewalk.internal.series.SeriesTerms;
import io.pagewalk.internal.series.SuccessMarkers;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.internal.typed.NewSchemas;
import io.pagewalk.log.ExportState;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * A series of an export of a simulated topic: so many runs, each of a share of the topic. With windows the third of them has no
 * offsets, and no more than these are due.
 */
record SimulatedSeries(SimulatedExport export, int count, Clock clock) {
    /** Goes on until all runs are complete. */
    void run(Storage storage, RunLogs logs, ExportStarter starter, Walker walker) throws IOException {
        run(storage, logs, starter, new Beside() {}, walker);
    }

    /** What goes on beside the runs. */
    interface Beside {
        /** The plan of the first run, with what else there is to pin. */
        default ExportPlan prepared(ExportPlan plan) {
            return plan;
        }

        /** A run has begun, is gone on with, or is the last one and complete. */
        default void begin(BegunRun run) {}
    }

    /** Likewise. */
    void run(Storage storage, RunLogs logs, ExportStarter starter, Beside beside, Walker walker) throws IOException {
        boolean windows = export.windows() != null;
        boolean marks = windows && export.windows().layout() == io.pagewalk.plan.Windows.Layout.HIVE;
        NextRuns runs = new NextRuns(
                starter,
                export.request(),
                new SeriesTerms(true, 1, Duration.ofMinutes(10), false, marks),
                Source::new,
                planning -> beside.prepared(planning.apply(record -> {})),
                clock,
                marks ? new SuccessMarkers(storage, logs, SimulatedTopic.NAME) : state -> {},
                plan -> {},
                new NewSchemas(null, new SchemaFiles(storage, "schemas"), false, notice -> {}, () -> false));
        NextRuns.Choice choice = runs.first();
        while (choice.kind().isWork()) {
            BegunRun run = Objects.requireNonNull(choice.run());
            beside.begin(run);
            WalkResult result = walker.walk(run);
            ExportState done = run.state().completed(Objects.requireNonNull(result.last()));
            choice = runs.after(new BegunRun(run.log(), done, false), () -> false);
        }
        beside.begin(Objects.requireNonNull(choice.run()));
    }

    interface Walker {
        WalkResult walk(BegunRun run) throws IOException;
    }

    private long share(long size, int number) {
        if (export.windows() == null) {
            return size * number / count;
        }
        int shares = number < 3 ? number : number - 1;
        return size * shares / (count - 1);
    }

    private Extent extent(int number) {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        Extent whole = export.topic().extent();
        whole.partitions()
                .forEach((partition, range) -> ranges.put(
                        partition,
                        new OffsetRange(
                                range.start() + share(range.size(), Math.min(number, count + 1) - 1),
                                range.start() + share(range.size(), Math.min(number, count)))));
        return new Extent(whole.clusterId(), whole.topic(), whole.topicId(), whole.isolationLevel(), ranges);
    }

    private final class Source implements RecordSource {
        @Override
        public ExportPlan plan(ExportSpec request, Consumer<RecordView> sampled) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ExportPlan planRun(
                ExportSpec request,
                @Nullable RunBefore before,
                @Nullable PlannedWindow window,
                Consumer<RecordView> sampled) {
            int number = before == null ? 1 : before.number() + 1;
            return export.plan(number, extent(number), window);
        }

        @Override
        public Optional<Instant> firstTime(ExportSpec request) {
            return Optional.of(clock.instant().minus(count, ChronoUnit.DAYS));
        }

        @Override
        public SourceReaders readers(IsolationLevel isolationLevel, RateLimit limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void validate(Extent extent) {}

        @Override
        public void close() {}
    }
}
