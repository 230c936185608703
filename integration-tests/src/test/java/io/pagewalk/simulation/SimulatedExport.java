package io.pagewalk.simulation;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.deletion.SeriesExpiry;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.file.DeadLetterFiles;
import io.pagewalk.internal.file.FileSink;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.run.ExportRunner;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.KnownPlace;
import io.pagewalk.internal.run.Losses;
import io.pagewalk.internal.run.Proof;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.slice.BadRecords;
import io.pagewalk.internal.slice.SliceTask;
import io.pagewalk.internal.typed.RunFormats;
import io.pagewalk.internal.typed.SharedFormats;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.Size;
import io.pagewalk.plan.TopicFacts.Retention;
import io.pagewalk.plan.Windows;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SliceReader;
import io.pagewalk.spi.SourceLog;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * One export of a simulated topic, with everything real but the topic, the disk and the threads: each run does the same
 * operations in the same order.
 */
record SimulatedExport(
        SimulatedTopic topic,
        Direction direction,
        long pageSize,
        long fileSize,
        String format,
        boolean recordsLosses,
        boolean setsAside,
        @Nullable Windows windows) {
    static final String ID = "export";
    /** In place of a format: Parquet, with ids for its columns. */
    static final String WITH_IDS = "ids";

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:10:00Z"), ZoneOffset.UTC);
    private static final PayloadFormats FORMATS =
            new PayloadFormats(PayloadFormat.STRING, PayloadFormat.JSON, PayloadFormat.STRING);

    /** One that stops at a loss. */
    SimulatedExport(SimulatedTopic topic, Direction direction, long pageSize, long fileSize, String format) {
        this(topic, direction, pageSize, fileSize, format, false, false, null);
    }

    /** The same, but for what it does with records that do not fit. */
    SimulatedExport settingAside() {
        return new SimulatedExport(topic, direction, pageSize, fileSize, format, recordsLosses, true, windows);
    }

    /** The same, cut into days. */
    SimulatedExport inWindows(Windows.Layout layout) {
        return new SimulatedExport(
                topic,
                direction,
                pageSize,
                fileSize,
                format,
                recordsLosses,
                setsAside,
                new Windows(Windows.Unit.DAY, layout));
    }

    private Map<String, String> fileSettings() {
        if (!format.equals(WITH_IDS)) {
            return FileFormats.pin(format, "none", null);
        }
        return FileFormats.withColumnIds(
                FileFormats.pin("parquet", "none", null), List.of(31, 2, 1, 4, 3, 6, 5, 8, 70, 10, 9));
    }

    ExportSpec request() {
        return new ExportSpec(
                SimulatedTopic.NAME,
                new OffsetBound.Earliest(),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                direction,
                IsolationLevel.READ_COMMITTED,
                Size.records(pageSize),
                Size.records(fileSize),
                FORMATS.key(),
                FORMATS.value(),
                FORMATS.header(),
                fileSettings(),
                null,
                ExportSpec.UTC,
                windows);
    }

    ExportPlan plan() {
        return plan(request());
    }

    /** What it comes to, as far as the topic is concerned. */
    ExportPlan plan(ExportSpec request) {
        return new ExportPlan(
                request,
                topic.extent(),
                PageToken.first(topic.extent(), direction, pageSize, fileSize),
                FORMATS,
                CLOCK.instant(),
                List.of(),
                new ExportPlan.Sample(1, 100),
                Compaction.NO);
    }

    /** What an export is made of. */
    record Made(
            ExportSpec request, Supplier<ExportPlan> plan, SourceLog log, SliceReader reader, PayloadsOfRun payloads) {
        /** Of payloads without schemas. */
        Made(ExportSpec request, Supplier<ExportPlan> plan, SourceLog log, SliceReader reader) {
            this(
                    request,
                    plan,
                    log,
                    reader,
                    (state, storage, entries) -> state.start().options().formats());
        }
    }

    /** The formats that a run reads and writes payloads with. */
    interface PayloadsOfRun {
        PayloadFormats of(ExportState state, Storage storage, CheckpointLog entries);
    }

    private Made ofTopic() {
        return new Made(request(), this::plan, topic.log(), topic.reader());
    }

    /** Likewise, but of what another export has set aside, as text. */
    WalkResult run(RecordSource deadLetters, Storage storage, String runId) throws IOException {
        ExportSpec request = new ExportSpec(
                SimulatedTopic.NAME,
                new OffsetBound.Earliest(),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                direction,
                IsolationLevel.READ_COMMITTED,
                Size.records(pageSize),
                Size.records(fileSize),
                PayloadFormat.STRING,
                PayloadFormat.STRING,
                PayloadFormat.STRING,
                fileSettings(),
                "elsewhere",
                ExportSpec.UTC,
                null);
        SliceReader reader = deadLetters
                .readers(IsolationLevel.READ_COMMITTED, RateLimit.none())
                .open(new Progress());
        Made made = new Made(request, () -> deadLetters.plan(request), deadLetters, reader);
        try (storage) {
            return run(storage, runId, RunLimits.NONE, new Claim(ID, 1, ""), made);
        }
    }

    /** Runs to the end, or to the failure or crash that the storage has in store. */
    WalkResult run(Storage storage, String runId) throws IOException {
        return run(storage, runId, RunLimits.NONE);
    }

    WalkResult run(Storage storage, String runId, RunLimits limits) throws IOException {
        return run(storage, runId, limits, ofTopic());
    }

    /** Likewise, but of something else than the topic's records as they are. */
    WalkResult run(Storage storage, String runId, RunLimits limits, Made made) throws IOException {
        try (storage) {
            Claims claims = Claims.of(storage, SimulatedTopic.NAME);
            claims.requireNoneHalfDeleted();
            return run(storage, runId, limits, new Claim(ID, claims.generation(), ""), made);
        }
    }

    private WalkResult run(Storage storage, String runId, RunLimits limits, Claim claim, Made made) throws IOException {
        DeletionFence fence = new DeletionFence(storage, SimulatedTopic.NAME, claim.log());
        try (CheckpointStores logs = new StorageCheckpointStores(storage, OutputLayout.logs(claim.log()))) {

            storage.removeDeadTemporaries();
            BegunRun begun = new ExportStarter(
                            storage,
                            logs(logs, runId, fence),
                            SimulatedTopic.NAME,
                            claim,
                            false,
                            () -> null,
                            known(storage))
                    .resumeOrStart(
                            made.request().toOptions(),
                            () -> Optional.of(made.plan().get()))
                    .orElseThrow();
            return walk(storage, begun, limits, claim, fence, made);
        }
    }

    private static RunLogs logs(CheckpointStores logs, String runId, DeletionFence fence) {
        return new RunLogs(logs, ID, new Origin(runId, "host-of-" + runId, 1), CLOCK, fence);
    }

    /** Goes on until the series has so many runs, each of a share of the topic; then lets all but the last ones expire. */
    void runSeries(Storage storage, String runId, int count, int kept) throws IOException {
        Claim claim = new Claim(ID, 1, "");
        DeletionFence fence = new DeletionFence(storage, SimulatedTopic.NAME, claim.log());
        try (storage;
                CheckpointStores stores = new StorageCheckpointStores(storage, OutputLayout.logs(claim.log()))) {
            storage.removeDeadTemporaries();
            RunLogs logs = logs(stores, runId, fence);
            ExportStarter starter =
                    new ExportStarter(storage, logs, SimulatedTopic.NAME, claim, true, () -> null, known(storage));
            new SimulatedSeries(this, count, CLOCK)
                    .run(storage, logs, starter, run -> walk(storage, run, RunLimits.NONE, claim, fence, ofTopic()));
            SeriesExpiry expiry = new SeriesExpiry(storage, stores, logs, claim);
            expiry.expire(expiry.butLast(kept));
        }
    }

    /**
     * Goes on until the series has so many runs.
     *
     * @param committed told of each page
     */
    void runSeries(ExportPlaces places, int count, SimulatedSeries.Beside beside, Consumer<Totals> committed)
            throws IOException {
        Claim claim = places.claim();
        DeletionFence fence = new DeletionFence(places.output(), SimulatedTopic.NAME, claim.log());
        places.removeDeadTemporaries();
        new SimulatedSeries(this, count, CLOCK)
                .run(
                        places.output(),
                        places.logs(),
                        places.starter(SimulatedTopic.NAME, true, () -> null),
                        beside,
                        run -> walk(
                                places.output(),
                                run,
                                RunLimits.NONE,
                                claim,
                                fence,
                                ofTopic(),
                                new Progress(new Waits(), committed)));
    }

    /** What the audit of a series finds. */
    List<Finding> audit(Storage storage) throws IOException {
        Claim claim = new Claim(ID, 1, "");
        List<Finding> findings = new ArrayList<>();
        try (storage;
                CheckpointStores stores = new StorageCheckpointStores(storage, OutputLayout.logs(claim.log()))) {
            new io.pagewalk.internal.audit.ExportAudit(
                            storage,
                            storage.location(),
                            stores,
                            claim,
                            pinned -> RunFormats.of(pinned, storage, new SharedFormats()),
                            true,
                            null,
                            null,
                            findings::add)
                    .run(Integer.MAX_VALUE, List.of());
        }
        return findings;
    }

    ExportPlan plan(int number, Extent extent, @Nullable PlannedWindow window) {
        HeadRoom room = new HeadRoom(CLOCK.instant(), new Retention(-1, -1), null, 0);
        return new ExportPlan(
                request(),
                extent,
                window != null && window.directory().isEmpty() && extent.size() == 0
                        ? PageToken.ofNothing(extent, direction, pageSize, fileSize)
                        : PageToken.first(extent, direction, pageSize, fileSize),
                FORMATS,
                CLOCK.instant(),
                List.of(),
                new ExportPlan.Sample(1, 100),
                Compaction.NO,
                List.of(),
                null,
                number == 1 ? null : new NextRun(number, new TreeMap<>(), List.of(), room),
                null,
                window);
    }

    private WalkResult walk(
            Storage storage, BegunRun begun, RunLimits limits, Claim claim, DeletionFence fence, Made made)
            throws IOException {
        return walk(storage, begun, limits, claim, fence, made, new Progress());
    }

    private WalkResult walk(
            Storage storage,
            BegunRun begun,
            RunLimits limits,
            Claim claim,
            DeletionFence fence,
            Made made,
            Progress progress)
            throws IOException {
        CheckpointLog log = begun.log();
        ExportState state = begun.state();
        FileFormat fileFormat = FileFormats.create(
                state.start().options().fileSettings(), made.payloads().of(state, storage, log));
        Losses losses =
                recordsLosses ? Losses.recording(log, state, made.log(), lost -> {}) : Losses.failing(log, state);
        BadRecords badRecords = new BadRecords(
                new DeadLetterFiles(
                        storage,
                        OutputLayout.deadLetters(claim.log()),
                        state.start().naming(),
                        fence::requireUp),
                setsAside ? EnumSet.allOf(BadRecordException.Part.class) : Set.of(),
                1000);
        SliceTask task = new SliceTask(
                new FileSink(
                        storage,
                        fileFormat,
                        state.start().naming(),
                        state.start().options().askedTimes(),
                        fence::requireUp),
                badRecords,
                progress,
                losses,
                false);
        try (PageExecutor executor = inline(task, made.reader())) {
            return new ExportRunner(
                            storage, log, made.log(), executor, losses, badRecords, limits, progress, new StopSignal())
                    .run(state);
        }
    }

    private static PageExecutor inline(SliceTask task, SliceReader reader) {
        return new PageExecutor() {
            @Override
            public Future<List<DataFile>> submit(io.pagewalk.model.Page page) {
                List<DataFile> files = new ArrayList<>();
                try {
                    page.slices().forEach(slice -> files.add(task.run(slice, reader)));
                } catch (RuntimeException e) {
                    return CompletableFuture.failedFuture(e);
                }
                return CompletableFuture.completedFuture(files);
            }

            @Override
            public void stop() {}

            @Override
            public void abandon(PagewalkException cause) {}

            @Override
            public void close() {}
        };
    }

    /** As a run finds out what its generation is. */
    private static KnownPlace known(Storage storage) throws IOException {
        return new KnownPlace(Claims.of(storage, SimulatedTopic.NAME).areNone(), new Proof());
    }
}
