package io.pagewalk.internal.audit;

import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.OutputLayout;
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
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SourceTopic;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Audits one export: its log entry by entry, every file its log lists, and what else lies in its output. Reads only. Memory
 * grows with the number of files and partitions, not with what is in the files. One audit, one thread.
 */
public final class ExportAudit {
    private final Storage output;
    private final CheckpointStore log;
    private final Claim claim;
    private final Function<PinnedOptions, FileFormat> formats;
    private final Consumer<Finding> findings;
    private final boolean deep;
    private final @Nullable SourceTopic topic;
    private long count;

    /**
     * @param output where the data files are
     * @param log the export's log
     * @param claim as the export has published it
     * @param formats creates the format of data files from what an export has pinned; a {@link UsageException} or an {@link
     *     IllegalArgumentException} of it is a finding
     * @param deep whether to decode every record
     * @param topic what to compare the files with, or null for nothing; it makes the audit deep
     * @param findings told of each finding when it is found
     */
    public ExportAudit(
            Storage output,
            CheckpointStore log,
            Claim claim,
            Function<PinnedOptions, FileFormat> formats,
            boolean deep,
            @Nullable SourceTopic topic,
            Consumer<Finding> findings) {
        this.output = output;
        this.log = log;
        this.claim = claim;
        this.formats = formats;
        this.deep = deep || topic != null;
        this.topic = topic;
        this.findings = finding -> {
            count++;
            findings.accept(finding);
        };
    }

    /**
     * Audits the export.
     *
     * @param others the other logs in this output: what they list is not extra
     * @throws ExportFailedException if something cannot be read
     * @throws io.pagewalk.error.TopicChangedException if the topic is not the one that was exported
     */
    public AuditResult run(List<CheckpointStore> others) {
        try (Run run = new Run(new OutputFiles(output))) {
            return run.audit(others);
        }
    }

    private final class Run implements LogWalk.Visitor, AutoCloseable {
        private final OutputFiles present;
        private final LogWalk walk = new LogWalk(log, claim.log(), this, findings);
        private final FileAudit files = new FileAudit(output, findings);
        private final DeadLetterAudit deadLetters = new DeadLetterAudit(output, claim.log(), findings);
        private final SortedMap<Integer, PartitionTally> tallies = new TreeMap<>();
        private Checkpoint.@Nullable Start start;
        private @Nullable Decoding decoding;
        private @Nullable TopicComparison comparison;
        private long listedFiles;
        private long listedRecords;
        private long soundBytes;

        Run(OutputFiles present) {
            this.present = present;
        }

        AuditResult audit(List<CheckpointStore> others) {
            walk.run();
            checkClaim();
            PageToken next = walk.isComplete() ? null : walk.next();
            long uncommitted = 0;
            if (next != null && start != null) {
                List<Slice> slices = Uncommitted.slices(next);
                uncommitted = present.takeUncommitted(start.naming(), slices);
                deadLetters.takeUncommitted(start.naming(), slices);
            }
            others.forEach(present::takeListedBy);
            for (String name : present.left()) {
                findings.accept(new Finding(name, "extra: no checkpoint in this output lists it"));
            }
            deadLetters.finish();
            if (comparison != null) {
                comparison.finish();
            }
            SortedMap<Integer, PartitionFigures> partitions = new TreeMap<>();
            tallies.forEach((partition, tally) -> partitions.put(partition, tally.figures()));
            return new AuditResult(
                    start,
                    walk.isComplete(),
                    count,
                    walk.entries(),
                    walk.pages(),
                    listedFiles,
                    listedRecords,
                    deadLetters.records(),
                    soundBytes,
                    uncommitted,
                    partitions);
        }

        private void checkClaim() {
            String topicName = walk.topic();
            if (topicName == null) {
                return;
            }
            String subject = OutputLayout.claim(topicName, claim.generation());
            try {
                Claims claims = Claims.of(output, topicName);
                Optional<Claim> found = claims.current();
                if (claims.isDeleted(claim.generation())) {
                    findings.accept(new Finding(
                            OutputLayout.deletion(topicName, claim.generation()),
                            "says that the export was deleted: delete it again to finish that"));
                } else if (found.isEmpty()) {
                    findings.accept(new Finding(subject, "missing: the claim of export " + claim.exportId()));
                } else if (!found.get().equals(claim)) {
                    findings.accept(new Finding(subject, "it is " + found.get() + ", not " + claim));
                }
            } catch (NewerVersionException e) {
                throw e;
            } catch (UsageException e) {
                findings.accept(new Finding(subject, e.problem()));
            } catch (IOException e) {
                throw new ExportFailedException(
                        "cannot read " + subject + ": " + Reasons.describe(e) + "; fix that and run again", e);
            }
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
                    .forEach((partition, range) ->
                            tallies.put(partition, new PartitionTally(range, deep, topic != null)));
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
                comparison =
                        new TopicComparison(topic, found.extent(), found.compaction(), decoding::newDigest, findings);
            }
        }

        @Override
        public void lost(LostRange range) {
            PartitionTally tally = tallies.get(range.partition());
            if (tally == null || !contains(tally.range(), range.range())) {
                findings.accept(new Finding(
                        "partition " + range.partition() + " " + range.range(),
                        "on record as lost, but not of the extent"));
            } else {
                tally.addLost(range.range().size());
            }
        }

        private boolean contains(OffsetRange whole, OffsetRange part) {
            return whole.start() <= part.start() && part.end() <= whole.end();
        }

        @Override
        public void committed(long sequence, Checkpoint.PageCommit page, LostRanges lost) {
            page.files().stream()
                    .sorted(Comparator.<DataFile>comparingInt(
                                    file -> file.slice().partition())
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
                            start.naming().nameOf(slice),
                            "missing, as is the checkpoint of its page " + planned.number()));
                }
            }
        }

        @Override
        public void close() {
            if (comparison != null) {
                comparison.close();
            }
        }
    }

    private record Decoding(FileFormat format, PayloadFormats payloads, AskedTimes times) {
        RecordDigest newDigest() {
            return new RecordDigest(format, payloads);
        }
    }
}
