package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.execution.AuditFormats;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.internal.run.Uncommitted;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.SourceTopic;
import io.pagewalk.spi.Storage;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Audits one run of an export: its log entry by entry, and every file that it lists. One audit, one thread. */
final class RunAudit implements LogWalk.Visitor, AutoCloseable {
    private final Storage output;
    private final CheckpointStore log;
    private final Claim claim;
    private final With shared;
    private final boolean deep;
    private final @Nullable SourceTopic topic;
    private final Consumer<Finding> findings;
    private final OutputFiles present;
    private final LogWalk walk;
    private final OrderedChecks checks;
    private final DeadLetterAudit deadLetters;
    private final SortedMap<Integer, PartitionTally> tallies;
    private Checkpoint.@Nullable Start start;
    private FileAudit files;
    private @Nullable TopicComparison comparison;
    private long listedFiles;
    private long listedRecords;
    private long soundBytes;

    /**
     * What all runs of an export are audited with.
     *
     * @param output where the data files are
     * @param location the same as text, for processes that read them, too
     * @param claim as the export has published it
     * @param formats as for {@link ExportAudit}
     * @param deep whether to decode every record
     * @param topic what to compare the files with, or null
     * @param checks checks files, and takes all findings
     * @param present files that are not accounted for yet
     * @param deadLetters files of dead letters that are not accounted for yet
     * @param tallies what was found of each partition
     */
    record With(
            Storage output,
            String location,
            Claim claim,
            Function<AuditWork.Pinned, AuditFormats> formats,
            boolean deep,
            @Nullable SourceTopic topic,
            OrderedChecks checks,
            OutputFiles present,
            DeadLetterAudit deadLetters,
            SortedMap<Integer, PartitionTally> tallies) {
        private FileAudit files(AuditWork.@Nullable Pinned pinned) {
            return new FileAudit(output, new AuditWork(location, pinned), formats);
        }
    }

    RunAudit(With with, CheckpointStore log, int run, Consumer<Finding> findings) {
        this.output = with.output();
        this.shared = with;
        this.log = log;
        this.claim = with.claim();
        this.deep = with.deep();
        this.topic = with.topic();
        this.findings = findings;
        this.present = with.present();
        this.deadLetters = with.deadLetters();
        this.tallies = with.tallies();
        this.walk = new LogWalk(log, claim.log(), run, this, findings);
        this.checks = with.checks();
        this.files = with.files(null);
    }

    /** Audits it; returns how many files there are of pages that are not committed. */
    long run() {
        try {
            walk.run();
        } catch (PagewalkException e) {
            // What comes before is told, or fails itself, as where each file is checked at once.
            checks.finish();
            throw e;
        }
        checks.finish();
        long uncommitted = 0;
        PageToken next = walk.isComplete() ? null : walk.next();
        if (next != null && start != null) {
            List<Slice> slices = Uncommitted.slices(next);
            uncommitted = present.takeUncommitted(start.naming(), slices);
            deadLetters.takeUncommitted(start.naming(), slices);
        }
        if (comparison != null) {
            comparison.finish();
        }
        return uncommitted;
    }

    LogWalk walk() {
        return walk;
    }

    /** What the run was started with, or null if its log does not tell. */
    Checkpoint.@Nullable Start start() {
        return start;
    }

    long listedFiles() {
        return listedFiles;
    }

    long listedRecords() {
        return listedRecords;
    }

    long soundBytes() {
        return soundBytes;
    }

    @Override
    public void started(Checkpoint.Start found) {
        if (topic != null && found.deadLettersOf() != null) {
            throw new UsageException("export " + claim.exportId() + " is made of what export "
                    + found.deadLettersOf().exportId() + " has set aside, not of a topic: compare that one with its"
                    + " topic");
        }
        start = found;
        found.extent()
                .partitions()
                .forEach((partition, range) -> tallies.computeIfAbsent(
                                partition, added -> new PartitionTally(range, deep, topic != null))
                        .reachTo(range));
        found.series().lostBefore().forEach(this::addLost);
        ExportAudit.checkGroups(output, found.topicFacts(), findings);
        try {
            files = shared.files(AuditWork.Pinned.of(found, OutputLayout.schemas(claim.log())));
        } catch (NewerVersionException e) {
            throw e.within(CheckpointLog.place(0, log));
        } catch (UsageException | IllegalArgumentException e) {
            findings.accept(new Finding(LogWalk.place(0), "its options cannot be used: " + e.getMessage()));
            return;
        }
        if (topic != null) {
            comparison =
                    new TopicComparison(topic, found.extent(), found.compaction(), () -> files.newDigest(), findings);
        }
    }

    @Override
    public void met(List<MetSchema> met) {
        AuditWork.Pinned pinned = files.run().pinned();
        files = pinned == null ? files : shared.files(pinned.with(met));
    }

    @Override
    public void lost(LostRange range) {
        OffsetRange whole = start == null ? null : start.extent().partitions().get(range.partition());
        if (whole == null || !contains(whole, range.range())) {
            findings.accept(new Finding(
                    "partition " + range.partition() + " " + range.range(),
                    "on record as lost, but not of the extent"));
        } else {
            addLost(range);
        }
    }

    private void addLost(LostRange lost) {
        PartitionTally tally = tallies.get(lost.partition());
        if (tally != null) {
            tally.addLost(lost.range().size());
        }
    }

    private boolean contains(OffsetRange whole, OffsetRange part) {
        return whole.start() <= part.start() && part.end() <= whole.end();
    }

    @Override
    public void committed(long sequence, Checkpoint.PageCommit page, LostRanges lost) {
        page.files().stream()
                .sorted(Comparator.<DataFile>comparingInt(file -> file.slice().partition())
                        .thenComparingLong(file -> file.slice().range().start()))
                .forEach(file -> file(sequence, file, lost));
    }

    private void file(long sequence, DataFile file, LostRanges lost) {
        listedFiles++;
        listedRecords += file.content().records();
        PartitionTally tally = tallies.get(file.slice().partition());
        if (tally != null) {
            tally.add(file);
        }
        SortedMap<Long, Digest> aside =
                start == null ? new TreeMap<>() : deadLetters.check(file, start.naming(), sequence);
        if (present.take(file.name()) == null) {
            tell(sequence, file, tally, new FileOutcome(FileAudit.MISSING, null));
            return;
        }
        boolean records = deep && tally != null && files.knowsRecords();
        FileWork work = new FileWork(file, records, records ? aside.keySet() : Set.of());
        if (records && tally != null && comparison != null) {
            compare(comparison, sequence, work, tally, lost, aside);
        } else {
            checks.check(files, work, outcome -> tell(sequence, file, tally, outcome));
        }
    }

    private void compare(
            TopicComparison with,
            long sequence,
            FileWork work,
            PartitionTally tally,
            LostRanges lost,
            SortedMap<Long, Digest> aside) {
        DataFile file = work.file();
        SliceDigest digest =
                new SliceDigest(files.newDigest(), with.logStart(file.slice().partition()));
        FileOutcome outcome = files.check(work, digest);
        tell(sequence, file, tally, outcome);
        if (outcome.problem() == null) {
            tally.add(with.compare(file, digest, lost, aside, handler -> files.decodeAgain(file, handler)));
        }
    }

    private void tell(long sequence, DataFile file, @Nullable PartitionTally tally, FileOutcome outcome) {
        boolean asListed = outcome.isAsListed();
        soundBytes += asListed ? file.bytes() : 0;
        if (outcome.problem() != null) {
            String which = asListed ? "" : "; " + LogWalk.place(sequence) + " lists it";
            findings.accept(new Finding(file.name(), outcome.problem() + which));
        }
        if (tally != null && outcome.digest() != null) {
            tally.add(outcome.digest());
        }
    }

    @Override
    public void unknown(Page planned) {
        for (Slice slice : planned.slices()) {
            // Pages are planned from the first entry, so it is known where this is called.
            if (start != null && !present.takePlanned(start.naming(), slice)) {
                findings.accept(new Finding(
                        start.naming().nameOf(slice), "missing, as is the checkpoint of its page " + planned.number()));
            }
        }
    }

    @Override
    public void close() {
        checks.close();
        if (comparison != null) {
            comparison.close();
        }
    }
}
