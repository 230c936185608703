package io.pagewalk.internal.audit;

import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at every record of a slice's file. */
final class RecordCheck implements FileFormat.RowHandler {
    private final Slice slice;
    private final PayloadFormats payloads;
    private final AskedTimes times;
    private final SliceDigest digest;
    private final Set<Long> aside;

    private long records;
    private long firstOffset;
    private long lastOffset = -1;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;
    private long outside;
    private @Nullable String problem;

    /** @param aside the offsets that were set aside, which the file has to lack */
    RecordCheck(Slice slice, PayloadFormats payloads, AskedTimes times, SliceDigest digest, Set<Long> aside) {
        this.slice = slice;
        this.payloads = payloads;
        this.times = times;
        this.digest = digest;
        this.aside = aside;
    }

    @Override
    public void handle(RecordView record, @Nullable TypedRow key, @Nullable TypedRow value) {
        if (problem == null) {
            problem = problemOf(record);
        }
        if (records++ == 0) {
            firstOffset = record.offset();
        }
        lastOffset = record.offset();
        minTimestamp = Math.min(minTimestamp, record.timestamp());
        maxTimestamp = Math.max(maxTimestamp, record.timestamp());
        outside += times.contains(record.timestamp()) ? 0 : 1;
        digest.handle(record, key, value);
    }

    private @Nullable String problemOf(RecordView record) {
        if (!record.topic().equals(slice.topicPartition().topic()) || record.partition() != slice.partition()) {
            return "holds a record of " + record.topic() + "-" + record.partition() + ", offset " + record.offset();
        }
        if (!slice.range().contains(record.offset())) {
            return "holds offset " + record.offset() + ", which is not in " + slice;
        }
        if (records > 0 && record.offset() <= lastOffset) {
            return "holds offset " + record.offset() + " after offset " + lastOffset;
        }
        if (!aside.isEmpty() && aside.contains(record.offset())) {
            return "holds offset " + record.offset() + ", which was set aside";
        }
        if (contradicts(payloads.key(), record.key())) {
            return "the key at offset " + record.offset() + " is not " + payloads.key();
        }
        if (contradicts(payloads.value(), record.value())) {
            return "the value at offset " + record.offset() + " is not " + payloads.value();
        }
        for (int i = 0; i < record.headerCount(); i++) {
            if (contradicts(payloads.header(), record.header(i).value())) {
                return "a header at offset " + record.offset() + " is not " + payloads.header();
            }
        }
        return null;
    }

    private static boolean contradicts(PayloadFormat format, @Nullable ByteView payload) {
        return payload != null && !format.accepts(payload);
    }

    /**
     * What is wrong with the records, if they have to come to {@code expected}; null if nothing is.
     *
     * @param expectedOutside how many are dated outside of the times that were asked for
     */
    @Nullable
    String problem(FileContent expected, long expectedOutside) {
        if (problem != null) {
            return problem;
        }
        FileContent.@Nullable Bounds bounds =
                records == 0 ? null : new FileContent.Bounds(firstOffset, lastOffset, minTimestamp, maxTimestamp);
        FileContent content = new FileContent(records, bounds);
        if (content.equals(expected) && outside != expectedOutside) {
            return outside + " of its records are dated outside of the times that were asked for, its checkpoint says "
                    + expectedOutside;
        }
        return content.equals(expected)
                ? null
                : "its records come to " + describe(content) + ", its checkpoint says " + describe(expected);
    }

    static String describe(FileContent content) {
        FileContent.Bounds bounds = content.bounds();
        return bounds == null
                ? "no record"
                : content.records() + " records at offsets " + bounds.firstOffset() + " to " + bounds.lastOffset()
                        + ", timestamps " + bounds.minTimestamp() + " to " + bounds.maxTimestamp();
    }
}
