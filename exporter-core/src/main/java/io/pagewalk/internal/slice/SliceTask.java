package io.pagewalk.internal.slice;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.ThreadTimes;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.Sink;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The work of one slice: adopt its file if an earlier attempt published it, else read, write and publish. */
public final class SliceTask {
    private final Sink sink;
    private final BadRecords badRecords;
    private final Progress progress;
    private final LossPolicy losses;
    private final boolean compacted;

    /** @param compacted whether compaction may thin out the topic between two reads */
    public SliceTask(Sink sink, BadRecords badRecords, Progress progress, LossPolicy losses, boolean compacted) {
        this.sink = sink;
        this.badRecords = badRecords;
        this.progress = progress;
        this.losses = losses;
        this.compacted = compacted;
    }

    /**
     * Does the work, on the reader's thread.
     *
     * @throws io.pagewalk.error.PagewalkException naming the slice, or its file
     */
    public DataFile run(Slice slice, SliceReader reader) {
        try {
            DataFile file = null;
            while (file == null) {
                file = attempt(slice, reader);
            }
            return file;
        } catch (IOException e) {
            throw new ExportFailedException(
                    slice + ": " + Reasons.describe(e) + "; its page is not committed, run again to resume", e);
        }
    }

    /** Null if it has to be made again, because another run has decided meanwhile what of the slice is set aside. */
    private @Nullable DataFile attempt(Slice slice, SliceReader reader) throws IOException {
        // In this order: where there is a data file, the dead letters beside it were published before.
        Optional<PublishedFile> published = find(slice);
        try (SliceBadRecords bad = badRecords(slice)) {
            if (published.isPresent()) {
                progress.adopted(slice.range().size());
                return adopted(
                        slice,
                        published.get(),
                        losses.onRecord(slice.partition(), slice.range()),
                        reader.elsewhere(slice),
                        bad);
            }
            try (Sink.SliceWriter writer = sink.open(slice)) {
                SliceCounter counter = new SliceCounter(slice, bad, losses, progress);
                read(slice, reader, counter, record -> counter.count(record, write(record, writer, bad)));
                counter.finish();
                if (!publish(slice, bad)) {
                    return null;
                }
                return finished(slice, commit(slice, writer), counter, reader.elsewhere(slice), bad);
            }
        }
    }

    /** False if the record is set aside instead. */
    private static boolean write(RecordView record, Sink.SliceWriter writer, SliceBadRecords bad) throws IOException {
        if (bad.has(record.offset())) {
            return false;
        }
        try {
            writer.write(record);
            return true;
        } catch (BadRecordException e) {
            bad.add(record, e);
            return false;
        }
    }

    private DataFile finished(
            Slice slice, PublishedFile file, SliceCounter counter, long elsewhere, SliceBadRecords mine)
            throws IOException {
        if (!file.earlier()) {
            return DataFile.of(slice, file, counter.lost(), elsewhere, mine.letters());
        }
        try (SliceBadRecords bad = badRecords(slice)) {
            return file.content().records() == counter.records()
                            && bad.offsets().equals(mine.offsets())
                    ? DataFile.of(slice, file, counter.lost(), elsewhere, bad.letters())
                    : another(slice, file, counter, elsewhere, mine.offsets().size(), bad);
        }
    }

    /** Only what the file lacks can be told of it: lost first, and what is left are gaps. */
    private DataFile adopted(Slice slice, PublishedFile file, long onRecord, long elsewhere, SliceBadRecords bad) {
        long without = slice.range().size()
                - elsewhere
                - file.content().records()
                - bad.offsets().size();
        if (without < 0) {
            throw new UsageException(file.name() + " and the dead letters beside it hold more records than there are"
                    + " offsets in " + slice + (elsewhere == 0 ? "" : " to export") + "; move both away and run again");
        }
        long lost = onRecord - losses.onRecord(slice.partition(), bad.offsets().within(slice.range()));
        return DataFile.of(slice, file, Math.min(without, lost), elsewhere, bad.letters());
    }

    /**
     * A file was published meanwhile that has more records than were read here, or fewer.
     *
     * @throws io.pagewalk.error.FencedException if another run has gone on with the export
     * @throws UsageException if neither compaction nor what is on record as lost can be why
     */
    private DataFile another(
            Slice slice,
            PublishedFile file,
            SliceCounter counter,
            long elsewhere,
            long setAsideHere,
            SliceBadRecords bad) {
        long there = file.content().records() + bad.offsets().size();
        long difference = Math.abs(there - counter.records() - setAsideHere);
        long onRecord = losses.onRecordIfUnfenced(slice.partition(), slice.range());
        if (!compacted && difference > onRecord) {
            throw new UsageException(file.name() + " was published by another run and has "
                    + file.content().records() + " records of " + slice + ", but this run has read " + counter.records()
                    + ", and no loss on record explains that; move the file away and run again");
        }
        return adopted(slice, file, onRecord, elsewhere, bad);
    }

    private SliceBadRecords badRecords(Slice slice) throws IOException {
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().start());
        try {
            return badRecords.of(slice);
        } finally {
            wait.end();
        }
    }

    private boolean publish(Slice slice, SliceBadRecords bad) throws IOException {
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().end());
        try {
            return bad.publish();
        } finally {
            wait.end();
        }
    }

    private Optional<PublishedFile> find(Slice slice) throws IOException {
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().start());
        try {
            return sink.find(slice);
        } finally {
            wait.end();
        }
    }

    /** What was read before a loss stays, and what is behind it is read on; more may be lost meanwhile. */
    private void read(Slice slice, SliceReader reader, SliceCounter counter, SliceReader.RecordHandler handler)
            throws IOException {
        OffsetRange rest = slice.range();
        while (!rest.isEmpty()) {
            try {
                reader.read(new Slice(slice.topicPartition(), rest), handler);
                return;
            } catch (DataLossException loss) {
                if (loss.end() <= rest.start()) {
                    throw loss;
                }
                counter.passTo(loss.start());
                met(slice, loss);
                counter.lossMet();
                rest = new OffsetRange(loss.end(), rest.end());
            }
        }
    }

    private void met(Slice slice, DataLossException loss) {
        Waits.Wait wait = progress.waits().begin(Waits.For.STORAGE, slice, loss.start());
        try {
            losses.met(slice, loss);
        } finally {
            wait.end();
        }
    }

    private PublishedFile commit(Slice slice, Sink.SliceWriter writer) throws IOException {
        long begun = System.nanoTime();
        PublishedFile file;
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().end());
        try {
            file = writer.commit();
        } finally {
            wait.end();
        }
        progress.threadTimes().spent(ThreadTimes.Activity.PUBLISHING, System.nanoTime() - begun);
        return file;
    }
}
