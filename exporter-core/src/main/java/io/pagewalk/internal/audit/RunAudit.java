package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.GroupsFile;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.internal.run.Uncommitted;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.plan.TopicFacts.KeptGroups;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SourceTopic;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
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
    private final Function<PinnedOptions, FileFormat> formats;
    private final boolean deep;
    private final @Nullable SourceTopic topic;
    private final Consumer<Finding> findings;
    private final OutputFiles present;
    private final LogWalk walk;
    private final FileAudit files;
    private final DeadLetterAudit deadLetters;
    private final SortedMap<Integer, PartitionTally> tallies;
    private Checkpoint.@Nullable Start start;
    private @Nullable Decoding decoding;
    private @Nullable TopicComparison comparison;
    private long listedFiles;
    private long listedRecords;
    private long soundBytes;

    /**
     * What all runs of an export are audited with.
     *
     * @param output where the data files are
     * @param claim as the export has published it
     * @param formats as for {@link ExportAudit}
     * @param deep whether to decode every record
     * @param topic what to compare the files with, or null
     * @param present files that are not accounted for yet
     * @param deadLetters files of dead letters that are not accounted for yet
     * @param tallies what was found of each partition
     */
    record With(
            Storage output,
            Claim claim,
            Function<PinnedOptions, FileFormat> formats,
            boolean deep,
            @Nullable SourceTopic topic,
            OutputFiles present,
            DeadLetterAudit deadLetters,
            SortedMap<Integer, PartitionTally> tallies) {}

    RunAudit(With with, CheckpointStore log, int run, Consumer<Finding> findings) {
        this.output = with.output();
        this.log = log;
        this.claim = with.claim();
        this.formats = with.formats();
        this.deep = with.deep();
        this.topic = with.topic();
        this.findings = findings;
        this.present = with.present();
        this.deadLetters = with.deadLetters();
        this.tallies = with.tallies();
        this.walk = new LogWalk(log, claim.log(), run, this, findings);
        this.files = new FileAudit(with.output(), findings);
    }

    /** Audits it; returns how many files there are of pages that are not committed. */
    long run() {
        walk.run();
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
        checkGroups(found.topicFacts());
        try {
            FileFormat format = formats.apply(found.options());
            decoding = new Decoding(
                    format, found.options().formats(), found.options().askedTimes());
        } catch (NewerVersionException e) {
            throw e.within(CheckpointLog.place(0, log));
        } catch (UsageException | IllegalArgumentException e) {
            findings.accept(new Finding(LogWalk.place(0), "its options cannot be used: " + e.getMessage()));
            return;
        }
        if (topic != null) {
            comparison = new TopicComparison(topic, found.extent(), found.compaction(), decoding::newDigest, findings);
        }
    }

    private void checkGroups(@Nullable TopicFacts facts) {
        KeptGroups kept = facts == null ? null : facts.groups();
        if (kept == null) {
            return;
        }
        try {
            String problem = GroupsFile.problem(output, kept);
            if (problem != null) {
                findings.accept(new Finding(kept.file(), problem + "; " + LogWalk.place(0) + " lists it"));
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read " + output.location() + "/" + kept.file() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
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
        FileFormat format = decoding == null ? null : decoding.format;
        if (files.check(file, sequence, present.take(file.name()), format)) {
            soundBytes += file.bytes();
            if (deep && decoding != null && tally != null) {
                decode(file, decoding, tally, lost, aside);
            }
        }
    }

    private void decode(
            DataFile file, Decoding with, PartitionTally tally, LostRanges lost, SortedMap<Long, Digest> aside) {
        long comparedFrom =
                comparison == null ? 0 : comparison.logStart(file.slice().partition());
        SliceDigest digest = new SliceDigest(with.newDigest(), comparedFrom);
        boolean sound = files.decode(file, with.format, with.payloads, with.times, digest, aside.keySet());
        tally.add(digest.all());
        if (sound && comparison != null) {
            TopicFigures figures = comparison.compare(
                    file, digest, lost, aside, handler -> files.decodeAgain(file, with.format, handler));
            tally.add(figures);
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
        if (comparison != null) {
            comparison.close();
        }
    }

    private record Decoding(FileFormat format, PayloadFormats payloads, AskedTimes times) {
        RecordDigest newDigest() {
            return new RecordDigest(format, payloads);
        }
    }
}
