package io.pagewalk.internal.slice;

import io.pagewalk.internal.progress.Progress;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;

/** Counts what is read of a slice, and what of the offsets passed without a record is on record as lost. */
final class SliceCounter {
    /** Progress is told in lots, to keep the threads' shared counters out of the per-record path. */
    private static final int LOT = 1024;

    private final SliceBadRecords bad;
    private final LossPolicy losses;
    private final Progress progress;
    private final int partition;
    private final long end;
    private boolean lossOnRecord;
    /** Those in the data file. */
    private long records;

    private long setAside;
    private long lost;
    /** Where the next record would be if there is no gap. */
    private long next;

    private long told;
    private long toldRead;
    private long bytes;

    SliceCounter(Slice slice, SliceBadRecords bad, LossPolicy losses, Progress progress) {
        this.bad = bad;
        this.losses = losses;
        this.progress = progress;
        partition = slice.partition();
        end = slice.range().end();
        next = slice.range().start();
        told = next;
        lossOnRecord = losses.onRecord(partition, slice.range()) > 0;
    }

    /** @param written whether the record is in the data file; otherwise it is set aside */
    void count(RecordView record, boolean written) {
        bytes += record.size();
        if (record.offset() != next) {
            passTo(record.offset());
        }
        next = record.offset() + 1;
        if (written) {
            records++;
        } else {
            setAside++;
        }
        if (next - told >= LOT) {
            tell();
        }
    }

    /** A loss within the slice was put on record. */
    void lossMet() {
        lossOnRecord = true;
    }

    /** Passes offsets that have no record. */
    void passTo(long offset) {
        if (lossOnRecord && next < offset) {
            OffsetRange passed = new OffsetRange(next, offset);
            lost += losses.onRecord(partition, passed)
                    - losses.onRecord(partition, bad.offsets().within(passed));
        }
        next = Math.max(next, offset);
    }

    void finish() {
        passTo(end);
        tell();
    }

    private void tell() {
        long read = records + setAside;
        progress.read(read - toldRead, bytes, next - told);
        told = next;
        toldRead = read;
        bytes = 0;
    }

    /** How many records went into the data file. */
    long records() {
        return records;
    }

    long lost() {
        return lost;
    }
}
