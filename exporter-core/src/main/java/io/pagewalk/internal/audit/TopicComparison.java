package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader;
import io.pagewalk.spi.SourceTopic;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the extent from the topic once more, and tells where it differs from the files. Slices are compared by their count
 * and digest; where these differ, both are read again side by side, offset by offset.
 */
final class TopicComparison implements AutoCloseable {
    private final SourceTopic topic;
    private final Extent extent;
    private final Supplier<RecordDigest> digests;
    private final Consumer<Finding> findings;
    private final Compaction compaction;
    private final SliceReader reader;
    private Map<Integer, Long> logStarts;

    /** @param atFreeze whether the topic was compacted then, which it may not be any more */
    TopicComparison(
            SourceTopic topic,
            Extent extent,
            Compaction atFreeze,
            Supplier<RecordDigest> digests,
            Consumer<Finding> findings) {
        this.topic = topic;
        this.extent = extent;
        this.digests = digests;
        this.findings = findings;
        topic.validate(extent);
        this.compaction = atFreeze == Compaction.YES ? atFreeze : topic.compaction(extent.topic());
        this.logStarts = topic.logStarts(extent);
        this.reader = topic.newReader(extent.isolationLevel());
    }

    /** The first offset of a partition that the topic still has. */
    long logStart(int partition) {
        return logStarts.getOrDefault(partition, 0L);
    }

    /**
     * Compares one file.
     *
     * @param inFile its records, from {@link #logStart} on
     * @param lost what is on record as lost, which the file may lack though the topic has it
     * @param aside the records that were set aside, by offset, which the file lacks
     * @param again hands over the file's records once more
     */
    TopicFigures compare(
            DataFile file,
            SliceDigest inFile,
            LostRanges lost,
            SortedMap<Long, Digest> aside,
            Consumer<FileFormat.RowHandler> again) {
        SliceDigest fromFile = inFile;
        while (true) {
            long logStart = logStart(file.slice().partition());
            try {
                SliceDigest fromTopic = new SliceDigest(digests.get(), logStart);
                AsideComparison fromAside = new AsideComparison(aside, fromTopic);
                read(file.slice(), logStart, fromAside);
                tell(file, fromAside, logStart);
                return fromTopic.isSame(fromFile)
                        ? new TopicFigures(fromFile.comparedRecords(), fromFile.recordsBefore(), 0, 0, 0, 0, 0)
                        : sideBySide(file, logStart, lost, aside, again);
            } catch (DataLossException e) {
                // Retention has gone on meanwhile.
                logStarts = topic.logStarts(extent);
                if (logStart(file.slice().partition()) <= logStart) {
                    throw e;
                }
                fromFile = new SliceDigest(digests.get(), logStart(file.slice().partition()));
                again.accept(fromFile);
            }
        }
    }

    private void read(Slice slice, long logStart, SliceReader.RecordHandler handler) {
        long start = Math.max(logStart, slice.range().start());
        if (start >= slice.range().end()) {
            return;
        }
        try {
            reader.read(
                    new Slice(
                            slice.topicPartition(),
                            new OffsetRange(start, slice.range().end())),
                    handler);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot compare " + slice + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
    }

    private TopicFigures sideBySide(
            DataFile file,
            long logStart,
            LostRanges lost,
            SortedMap<Long, Digest> aside,
            Consumer<FileFormat.RowHandler> again) {
        try (PulledRecords fromFile = new PulledRecords(digests.get(), again)) {
            SideBySide sides = new SideBySide(fromFile, digests.get(), logStart, lost);
            read(file.slice(), logStart, new AsideComparison(aside, sides));
            sides.finish();
            tell(file, sides);
            return sides.figures(compaction == Compaction.YES);
        }
    }

    private void tell(DataFile file, AsideComparison aside, long logStart) {
        String subject = file.slice().toString();
        if (!aside.differing.isEmpty()) {
            findings.accept(new Finding(subject, "set aside, but differs from the topic: " + aside.differing));
        }
        OffsetList missing = aside.missing(logStart);
        if (compaction == Compaction.NO && !missing.isEmpty()) {
            findings.accept(
                    new Finding(subject, "set aside, but not in the topic, which is not compacted: " + missing));
        }
    }

    private void tell(DataFile file, SideBySide sides) {
        String subject = file.slice().toString();
        if (!sides.onlyInTopic.isEmpty()) {
            findings.accept(
                    new Finding(subject, "missing from " + file.name() + ": " + sides.onlyInTopic + " of the topic"));
        }
        if (!sides.differing.isEmpty()) {
            findings.accept(
                    new Finding(subject, "differs between " + file.name() + " and the topic: " + sides.differing));
        }
        if (compaction != Compaction.YES && !sides.onlyInFile.isEmpty()) {
            String why = compaction == Compaction.NO
                    ? "not in the topic, which is not compacted, but in "
                    : "not in the topic, which may be compacted (that is unknown: allow DESCRIBE_CONFIGS on topic "
                            + extent.topic() + " and verify again), but in ";
            findings.accept(new Finding(subject, why + file.name() + ": " + sides.onlyInFile));
        }
    }

    /** To be called when all files were compared: had the topic been recreated meanwhile, nothing was. */
    void finish() {
        topic.validate(extent);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Takes the topic's records, and pulls the file's along; both ascend. */
    private static final class SideBySide implements SliceReader.RecordHandler {
        private final PulledRecords fromFile;
        private final RecordDigest digest;
        private final long logStart;
        private final LostRanges lost;
        final OffsetList onlyInFile = new OffsetList();
        final OffsetList onlyInTopic = new OffsetList();
        final OffsetList differing = new OffsetList();
        private long same;
        private long expired;
        private long returned;

        SideBySide(PulledRecords fromFile, RecordDigest digest, long logStart, LostRanges lost) {
            this.fromFile = fromFile;
            this.digest = digest;
            this.logStart = logStart;
            this.lost = lost;
        }

        @Override
        public void handle(RecordView record) {
            passFileBefore(record.offset());
            PulledRecords.Item item = fromFile.peek();
            if (item == null || item.offset() > record.offset()) {
                if (isLost(record)) {
                    returned++;
                } else {
                    onlyInTopic.add(record.offset());
                }
                return;
            }
            fromFile.take();
            if (item.digest().equals(digest.of(record))) {
                same++;
            } else {
                differing.add(record.offset());
            }
        }

        private boolean isLost(RecordView record) {
            OffsetRange offset = new OffsetRange(record.offset(), record.offset() + 1);
            return lost.sizeWithin(record.partition(), offset) > 0;
        }

        void finish() {
            passFileBefore(Long.MAX_VALUE);
        }

        private void passFileBefore(long offset) {
            for (PulledRecords.Item item = fromFile.peek();
                    item != null && item.offset() < offset;
                    item = fromFile.peek()) {
                fromFile.take();
                if (item.offset() < logStart) {
                    expired++;
                } else {
                    onlyInFile.add(item.offset());
                }
            }
        }

        TopicFigures figures(boolean compacted) {
            long gone = onlyInFile.count();
            return new TopicFigures(
                    same,
                    expired,
                    compacted ? gone : 0,
                    onlyInTopic.count(),
                    returned,
                    compacted ? 0 : gone,
                    differing.count());
        }
    }
}
