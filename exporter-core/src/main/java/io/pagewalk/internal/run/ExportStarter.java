package io.pagewalk.internal.run;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.DeletedGenerations;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an export goes on or begins, and begins it: claim first, then entry 0 of the log, then data files. So
 * whoever finds data files in an output finds the claim that covers them.
 */
public final class ExportStarter {
    private final Storage output;
    private final CheckpointLog log;
    private final String topic;
    private final Claim claim;

    /**
     * @param log the export's log, not yet loaded
     * @param claim what the export claims the output with
     */
    public ExportStarter(Storage output, CheckpointLog log, String topic, Claim claim) {
        this.output = output;
        this.log = log;
        this.topic = topic;
        this.claim = claim;
    }

    /**
     * The state to go on from.
     *
     * @param requested this run's options, as {@link io.pagewalk.plan.ExportSpec#toOptions} has them
     * @param freeze plans the export; called only if it begins now
     * @throws UsageException if the options differ from the pinned ones, or if the output belongs to another export or
     *     holds files that no claim covers
     * @throws io.pagewalk.error.FencedException if another run begins the same export at the same time, and is faster
     */
    public ExportState resumeOrStart(Map<String, String> requested, Supplier<ExportPlan> freeze) {
        try {
            Optional<ExportState> logged = log.load();
            return logged.isPresent() ? resume(logged.get(), requested) : start(requested, freeze);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot use the output " + output.location() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }

    private ExportState resume(ExportState state, Map<String, String> requested) throws IOException {
        requireResumable(state, requested);
        PageToken next = state.next();
        if (next == null) {
            return state;
        }
        requireExclusivePublication();
        log.requireRoom(state.start(), next);
        ExportState owned = log.takeOver(Optional.of(state))
                .orElseThrow(() -> new ExportFailedException("export " + log.exportId() + " was deleted from "
                        + log.location() + " a moment ago; run again"));
        if (!owned.equals(state)) {
            requireResumable(owned, requested);
        }
        return owned;
    }

    private void requireResumable(ExportState state, Map<String, String> requested) throws IOException {
        Optional<Claim> found = claimed();
        if (!state.last().topic().equals(topic)) {
            throw new UsageException(
                    "export " + log.exportId() + " in " + log.location() + " is of topic "
                            + state.last().topic() + ", not " + topic
                            + ": that one needs an id of its own",
                    Advice.NAME_THE_EXPORT);
        }
        if (found.isEmpty()) {
            throw new UsageException("export " + log.exportId() + " has its checkpoints in " + log.location() + ", but "
                    + output.location() + " has no claim of it: give the output it was started with, or remove the"
                    + " checkpoints to start anew");
        }
        requireOwn(found.get());
        if (state.start().naming().generation() != claim.generation()) {
            throw new UsageException("the log of export " + log.exportId() + " in " + log.location()
                    + " is of generation " + state.start().naming().generation() + ", its claim in "
                    + output.location() + " of generation " + claim.generation() + ": give the output it was started"
                    + " with");
        }
        requireFilesInPlace(state);
        List<String> differences = state.start().options().differencesTo(requested);
        if (!differences.isEmpty()) {
            throw new UsageException("export " + log.exportId() + " was started with other options, which it keeps: "
                    + String.join(", ", differences) + "; leave them out, or start a new export into another output");
        }
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
                    "export " + log.exportId() + " has committed " + name + " (page " + page.page()
                            + "), but it is not in " + output.location()
                            + ": give the output it was started with, or put its files back",
                    e);
        }
    }

    private ExportState start(Map<String, String> requested, Supplier<ExportPlan> freeze) throws IOException {
        requireFreeOutput();
        // Before the claim, so that a topic that does not exist leaves nothing behind.
        ExportPlan plan = freeze.get();
        PinnedOptions options = PinnedOptions.of(plan);
        Checkpoint.Start start = new Checkpoint.Start(
                plan.extent(),
                options,
                FileShape.naming(claim.generation(), plan.extent(), options, plan.deadLettersOf()),
                plan.frozenAt(),
                plan.compaction(),
                plan.openTransactions(),
                plan.token(),
                plan.deadLettersOf());
        log.requireRoom(start, start.next());
        claimOutput();
        Optional<ExportState> begun = log.takeOver(Optional.empty());
        if (begun.isPresent()) {
            requireResumable(begun.get(), requested);
            return begun.get();
        }
        ExportState state = new ExportState(start, log.append(start), null, List.of());
        log.requireExclusiveAppend();
        return state;
    }

    private void requireFreeOutput() throws IOException {
        Optional<Claim> found = claimed();
        if (found.isPresent()) {
            requireOwn(found.get());
        }
        Optional<String> uncovered = firstDataFile();
        if (uncovered.isPresent()) {
            requireStillUnstarted();
            throw new UsageException(output.location() + " already holds " + uncovered.get()
                    + ", which no export's log there covers: use an empty output, or move the files of topic " + topic
                    + " away");
        }
    }

    private void claimOutput() throws IOException {
        boolean published = claim.publish(output, topic);
        if (!published) {
            requireOwn(claimed()
                    .orElseThrow(() ->
                            new ExportFailedException("the claim on " + output.location() + " vanished; run again")));
        }
        requireUndeleted(published);
        requireExclusivePublication();
    }

    /**
     * The claim on the output as it is now; a deletion may have passed since this run looked first.
     *
     * @throws UsageException if this run's generation was deleted
     */
    private Optional<Claim> claimed() throws IOException {
        Claims claims = Claims.of(output, topic);
        if (claims.isDeleted(claim.generation())) {
            throw fence().deleted();
        }
        return claims.current();
    }

    /** A claim of a generation that is deleted by now would look like a deletion that is not finished. */
    private void requireUndeleted(boolean published) throws IOException {
        DeletionFence fence = fence();
        if (fence.isDown()) {
            if (published) {
                output.delete(OutputLayout.claim(topic, claim.generation()));
            }
            throw fence.deleted();
        }
    }

    private DeletionFence fence() {
        return new DeletionFence(output, topic, claim.log());
    }

    /** The claim stands by now, so publishing it once more has to fail; a storage that overwrites shows here. */
    private void requireExclusivePublication() throws IOException {
        if (claim.publish(output, topic)) {
            requireUndeleted(true);
            throw new UsageException("a file could be published in " + output.location()
                    + " under a name that was taken: it cannot hold an export, choose another place");
        }
    }

    /** But for what a run of a deleted export published late: that is removed before this one says complete. */
    private Optional<String> firstDataFile() throws IOException {
        DeletedGenerations deleted = DeletedGenerations.of(output, topic);
        AtomicReference<@Nullable String> first = new AtomicReference<>();
        output.names("", name -> {
            String before = first.get();
            if ((before == null || name.compareTo(before) < 0)
                    && DataFileName.parse(name)
                            .filter(file -> file.isOfTopic(topic) && !deleted.showUncommitted(file))
                            .isPresent()) {
                first.set(name);
            }
        });
        return Optional.ofNullable(first.get());
    }

    /** What looks like a foreign file may be a rival's that began this very export a moment ago. */
    private void requireStillUnstarted() {
        Optional<ExportState> begun = log.load();
        if (begun.isPresent()) {
            throw log.fencedBy(begun.get().last());
        }
    }

    private void requireOwn(Claim found) {
        if (!found.equals(claim)) {
            boolean elsewhere = !found.checkpoints().isEmpty();
            throw new UsageException(
                    "topic " + topic + " in " + output.location() + " belongs to export "
                            + found.exportId() + (elsewhere ? ", whose log is in " + found.checkpoints() : "")
                            + ": use another output, or go on with that one",
                    elsewhere ? Advice.NAME_THE_EXPORT_AND_ITS_LOG : Advice.NAME_THE_EXPORT);
        }
    }
}
