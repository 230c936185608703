package io.pagewalk.internal.run;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.GroupsFile;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.claim.WriteOnce;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.PlannedSchemas;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an export goes on or begins, and begins it: claim first, then entry 0 of the log, then data files. So
 * whoever finds data files in an output finds the claim that covers them.
 */
public final class ExportStarter {
    private final Storage output;
    private final RunLogs logs;
    private final String topic;
    private final OutputClaim claim;
    private final boolean incremental;
    private final Supplier<@Nullable CommittedOffsets> groups;
    private final Proof proof;
    private boolean nothingOnRecord;

    /**
     * @param logs the export's logs
     * @param claim what the export claims the output with
     * @param incremental whether more may follow, so that only what is the series' is compared
     * @param groups what is kept of the topic's consumer groups with a run that begins, or null
     * @param place what is known of the output and the log
     */
    public ExportStarter(
            Storage output,
            RunLogs logs,
            String topic,
            Claim claim,
            boolean incremental,
            Supplier<@Nullable CommittedOffsets> groups,
            KnownPlace place) {
        this.output = output;
        this.logs = logs;
        this.topic = topic;
        this.claim = new OutputClaim(output, topic, claim, place.proof());
        this.incremental = incremental;
        this.groups = groups;
        this.proof = place.proof();
        this.nothingOnRecord = place.nothingOnRecord();
    }

    /**
     * The run to go on with: the last one, whether it is complete or not, or else the first, which begins now; empty if that is
     * not to begin yet.
     *
     * @param requested this command's options, as {@link io.pagewalk.plan.ExportSpec#toOptions} has them
     * @param freeze plans the first run; called only if none has begun; empty if it is not to begin yet
     * @throws UsageException if the options differ from the pinned ones, or if the output belongs to another export or
     *     holds files that no claim covers
     * @throws io.pagewalk.error.FencedException if another run begins the same export at the same time, and is faster
     */
    public Optional<BegunRun> resumeOrStart(Map<String, String> requested, Supplier<Optional<ExportPlan>> freeze) {
        try {
            boolean looks = !nothingOnRecord;
            nothingOnRecord = false;
            if (!looks && claim.firstDataFile().isEmpty()) {
                return begin(requested, freeze);
            }
            Optional<RunLogs.Found> last = logs.last();
            return last.isPresent() ? resume(last.get(), requested, freeze) : start(requested, freeze);
        } catch (IOException e) {
            throw cannotUse(e);
        }
    }

    private ExportFailedException cannotUse(IOException e) {
        return new ExportFailedException(
                "cannot use the output " + output.location() + ": " + Reasons.describe(e) + "; fix that and run again",
                e);
    }

    private Optional<BegunRun> resume(
            RunLogs.Found last, Map<String, String> requested, Supplier<Optional<ExportPlan>> freeze)
            throws IOException {
        ExportState state = last.state();
        requireResumable(last, requested);
        PageToken next = state.next();
        if (next == null) {
            return Optional.of(new BegunRun(last.log(), state, false));
        }
        claim.requireExclusivePublication();
        last.log().requireRoom(state.start(), next);
        ExportState owned = last.log()
                .takeOver(Optional.of(state))
                .orElseThrow(() -> new ExportFailedException("export " + logs.exportId() + " was deleted from "
                        + last.log().location() + " a moment ago; run again"));
        // Somebody has gone on with it meanwhile, maybe with runs after it.
        return owned.equals(state)
                ? Optional.of(new BegunRun(last.log(), state, false))
                : resumeOrStart(requested, freeze);
    }

    private void requireResumable(RunLogs.Found last, Map<String, String> requested) throws IOException {
        ExportState state = last.state();
        String location = last.log().location();
        Optional<Claim> found = claim.claimed();
        if (!state.last().topic().equals(topic)) {
            throw new UsageException(
                    "export " + logs.exportId() + " in " + location + " is of topic "
                            + state.last().topic() + ", not " + topic
                            + ": that one needs an id of its own",
                    Advice.NAME_THE_EXPORT);
        }
        if (found.isEmpty()) {
            throw new UsageException("export " + logs.exportId() + " has its checkpoints in " + location + ", but "
                    + output.location() + " has no claim of it: give the output it was started with, or remove the"
                    + " checkpoints to start anew");
        }
        claim.requireOwn(found.get());
        if (state.start().naming().generation() != claim.generation()) {
            throw new UsageException("the log of export " + logs.exportId() + " in " + location
                    + " is of generation " + state.start().naming().generation() + ", its claim in "
                    + output.location() + " of generation " + claim.generation() + ": give the output it was started"
                    + " with");
        }
        requireFilesInPlace(state);
        PinnedTerms.require(logs.exportId(), state, requested, incremental, logs.now());
    }

    /**
     * A log outside the output may have been begun from another one, or files may have been taken away; the last page's
     * first file stands for all of them.
     */
    private void requireFilesInPlace(ExportState state) throws IOException {
        Checkpoint.PageCommit page = state.lastPage();
        if (page == null) {
            return;
        }
        String name = page.files().get(0).name();
        try {
            output.persist(name);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "export " + logs.exportId() + " has committed " + name + " (page " + page.page()
                            + "), but it is not in " + output.location()
                            + ": give the output it was started with, or put its files back",
                    e);
        }
    }

    /**
     * Begins the next run: the creation of its entry 0 is its beginning.
     *
     * @param before the last run, complete
     * @param plan what it is to cover
     * @return empty if others have gone on with the series meanwhile, so that it has to be looked at again
     * @throws io.pagewalk.error.FencedException if another process begins the same run at the same time, and is faster
     */
    public Optional<BegunRun> startNext(BegunRun before, ExportPlan plan) {
        try {
            claim.requireExclusivePublication();
            return Optional.ofNullable(beginNext(before, plan));
        } catch (IOException e) {
            throw cannotUse(e);
        }
    }

    private @Nullable BegunRun beginNext(BegunRun before, ExportPlan plan) throws IOException {
        ExportState done = before.state();
        List<LostRange> lost = new ArrayList<>();
        NextRun next = Objects.requireNonNull(plan.nextRun());
        next.lost().forEach((partition, range) -> lost.add(new LostRange(partition, range)));
        SeriesRun series = done.series().next(done.totals(), before.log().lastEntry(), lost, next.headRoom());
        Checkpoint.Start start = new Checkpoint.Start(
                plan.extent(),
                done.start().options().next(plan),
                done.start().naming().in(directory(plan)),
                plan.frozenAt(),
                plan.compaction(),
                plan.openTransactions(),
                plan.token(),
                null,
                series,
                plan.topicFacts(),
                PinnedSchemas.next(done.start().schemas(), done.schemas()));
        CheckpointLog log = logs.of(series.number());
        log.requireRoom(start, start.next());
        if (log.own() && !logs.isStillLast(done)) {
            return null;
        }
        return new BegunRun(log, begin(log, start, null), true);
    }

    /** The files that the first entry names are there before the entry. */
    private ExportState begin(CheckpointLog log, Checkpoint.Start planned, @Nullable PlannedSchemas schemas)
            throws IOException {
        if (schemas != null) {
            WriteOnce.publishAll(output, OutputLayout.schemas(claim.log()), schemas.files());
        }
        CommittedOffsets offsets = groups.get();
        TopicFacts facts = planned.topicFacts();
        Checkpoint.Start start = offsets == null || facts == null
                ? planned
                : planned.with(facts.with(
                        GroupsFile.publish(output, claim.log(), planned.series().number(), offsets)));
        return new ExportState(start, log.append(start), null, List.of(), List.of());
    }

    private static String directory(ExportPlan plan) {
        return plan.window() == null ? "" : plan.window().directory();
    }

    private Optional<BegunRun> start(Map<String, String> requested, Supplier<Optional<ExportPlan>> freeze)
            throws IOException {
        requireFreeOutput();
        return begin(requested, freeze);
    }

    private Optional<BegunRun> begin(Map<String, String> requested, Supplier<Optional<ExportPlan>> freeze)
            throws IOException {
        CheckpointLog log = logs.of(1);
        // Before the claim, so that a topic that does not exist leaves nothing behind.
        ExportPlan plan = freeze.get().orElse(null);
        if (plan == null) {
            return Optional.empty();
        }
        PinnedOptions options = PinnedOptions.of(plan);
        Checkpoint.Start start = new Checkpoint.Start(
                plan.extent(),
                options,
                FileShape.naming(claim.generation(), plan.extent(), options, plan.schemas(), plan.deadLettersOf())
                        .in(directory(plan)),
                plan.frozenAt(),
                plan.compaction(),
                plan.openTransactions(),
                plan.token(),
                plan.deadLettersOf(),
                SeriesRun.FIRST,
                plan.topicFacts(),
                plan.schemas() == null ? null : plan.schemas().pinned());
        log.requireRoom(start, start.next());
        claim.claim();
        if (log.own() && logs.last().isPresent()) {
            return resumeOrStart(requested, freeze);
        }
        ExportState state = begin(log, start, plan.schemas());
        if (!proof.isGiven()) {
            log.requireExclusiveAppend();
            proof.give();
        }
        return Optional.of(new BegunRun(log, state, true));
    }

    private void requireFreeOutput() throws IOException {
        Optional<Claim> found = claim.claimed();
        if (found.isPresent()) {
            claim.requireOwn(found.get());
        }
        Optional<String> uncovered = claim.firstDataFile();
        if (uncovered.isPresent()) {
            requireStillUnstarted();
            throw new UsageException(output.location() + " already holds " + uncovered.get()
                    + ", which no export's log there covers: use an empty output, or move the files of topic " + topic
                    + " away");
        }
    }

    /** What looks like a foreign file may be a rival's that began this very export a moment ago. */
    private void requireStillUnstarted() {
        Optional<RunLogs.Found> begun = logs.last();
        if (begun.isPresent()) {
            throw begun.get().log().fencedBy(begun.get().state().last());
        }
    }
}
