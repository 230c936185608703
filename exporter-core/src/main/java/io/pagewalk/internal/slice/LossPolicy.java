package io.pagewalk.internal.slice;

import io.pagewalk.error.DataLossException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import java.util.stream.LongStream;

/** Decides what becomes of an export whose records are gone. Called from any thread. */
public interface LossPolicy {
    /** Stops at every loss; none is on record. */
    LossPolicy FAIL = new LossPolicy() {
        @Override
        public void met(Slice slice, DataLossException loss) {
            throw loss;
        }

        @Override
        public long onRecord(int partition, OffsetRange range) {
            return 0;
        }
    };

    /**
     * A reader met offsets of {@code slice} that are gone. When this returns, the slice may be published without them.
     *
     * @throws DataLossException if the export does not go on without them
     */
    void met(Slice slice, DataLossException loss);

    /** How many offsets of a range are on record as lost. */
    long onRecord(int partition, OffsetRange range);

    /** How many of some offsets are on record as lost. */
    default long onRecord(int partition, LongStream offsets) {
        return offsets.map(offset -> onRecord(partition, new OffsetRange(offset, offset + 1)))
                .sum();
    }

    /**
     * The same, for whoever found what only another run can have done.
     *
     * @throws io.pagewalk.error.FencedException if another run has gone on with the export
     */
    default long onRecordIfUnfenced(int partition, OffsetRange range) {
        return onRecord(partition, range);
    }
}
