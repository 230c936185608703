package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader;
import org.jspecify.annotations.Nullable;

/** Adds up the digests of a slice's records, and apart from that those from some offset on. */
final class SliceDigest implements SliceReader.RecordHandler, FileFormat.RowHandler {
    private final RecordDigest digest;
    private final long from;
    private Digest all = Digest.ZERO;
    private Digest compared = Digest.ZERO;
    private long comparedRecords;
    private long recordsBefore;

    /** @param from the first offset that is compared */
    SliceDigest(RecordDigest digest, long from) {
        this.digest = digest;
        this.from = from;
    }

    @Override
    public void handle(RecordView record) {
        handle(record, null, null);
    }

    @Override
    public void handle(RecordView record, @Nullable TypedRow key, @Nullable TypedRow value) {
        Digest one = digest.of(record, key, value);
        all = all.plus(one);
        if (record.offset() >= from) {
            compared = compared.plus(one);
            comparedRecords++;
        } else {
            recordsBefore++;
        }
    }

    Digest all() {
        return all;
    }

    /** How many records are not compared, because they come before. */
    long recordsBefore() {
        return recordsBefore;
    }

    long comparedRecords() {
        return comparedRecords;
    }

    boolean isSame(SliceDigest other) {
        return comparedRecords == other.comparedRecords && compared.equals(other.compared);
    }
}
