package io.pagewalk.internal.slice;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.model.OffsetSet;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.DeadLetterSink;
import io.pagewalk.spi.DeadLetters;
import java.io.Closeable;
import java.io.IOException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The records that one attempt on a slice sets aside. Where a file of dead letters is published, exactly its offsets are, so
 * that a data file and the dead letters beside it never have a record in common, or lack one.
 */
final class SliceBadRecords implements Closeable {
    private final Slice slice;
    private final BadRecords all;
    /** As published; null if nothing is. */
    private DeadLetterSink.@Nullable Found decided;

    private DeadLetterSink.@Nullable Writer writer;
    private final LongStream.Builder written = LongStream.builder();
    private long count;

    SliceBadRecords(Slice slice, BadRecords all, DeadLetterSink.@Nullable Found decided) {
        this.slice = slice;
        this.all = all;
        this.decided = decided;
    }

    /** Whether it is decided already that the record at this offset is set aside. */
    boolean has(long offset) {
        return decided != null && decided.offsets().contains(offset);
    }

    /**
     * Sets a record aside.
     *
     * @throws FormatMismatchException if it may not be
     */
    void add(RecordView record, BadRecordException reason) throws IOException {
        if (!all.setsAside(reason)) {
            throw reason;
        }
        if (decided != null) {
            throw new FormatMismatchException(
                    all.sink().nameOf(slice) + " says which records of " + slice
                            + " are set aside, but lacks this one: " + reason.problem()
                            + "; move it away and run again",
                    reason);
        }
        all.requireFew(slice, count + 1, record.offset(), reason);
        if (writer == null) {
            writer = all.sink().open(slice);
        }
        writer.write(record, reason);
        written.add(record.offset());
        count++;
    }

    /**
     * Publishes them.
     *
     * @return false if another run has published others meanwhile: those count, and the slice has to be read again
     */
    boolean publish() throws IOException {
        if (writer == null) {
            return true;
        }
        decided = writer.commit();
        return decided.offsets().equals(OffsetSet.of(written.build().toArray()));
    }

    OffsetSet offsets() {
        return decided == null ? OffsetSet.none() : decided.offsets();
    }

    @Nullable
    DeadLetters letters() {
        return decided == null ? null : decided.letters();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
