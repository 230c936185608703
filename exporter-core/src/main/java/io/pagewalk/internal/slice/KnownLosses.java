package io.pagewalk.internal.slice;

import io.pagewalk.error.DataLossException;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import java.util.List;

/** What is on record as lost, for those who cannot put more on record: the log is another process's. */
public final class KnownLosses implements LossPolicy {
    private final LostRanges onRecord;

    public KnownLosses(List<LostRange> onRecord) {
        this.onRecord = new LostRanges(onRecord);
    }

    @Override
    public void met(Slice slice, DataLossException loss) {
        LostRange range = new LostRange(slice.partition(), new OffsetRange(loss.start(), loss.end()));
        if (!onRecord.missing(range).isEmpty()) {
            throw loss;
        }
    }

    @Override
    public long onRecord(int partition, OffsetRange range) {
        return onRecord.sizeWithin(partition, range);
    }
}
