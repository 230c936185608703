package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.RowLayout;

/**
 * A format whose payloads become a column with parts. What a payload is, its reader says, and nothing else: files keep the values,
 * from which no payload can be made again. Keys and values can have one, headers cannot.
 */
public interface TypedFormat extends PayloadFormat {
    /** The column, which is optional, as payloads may be null, and has the name {@code key} or {@code value}. Always the same. */
    RowLayout layout();

    /** A reader for one thread. It needs no closing. */
    RowReader newReader();

    /**
     * Whether a header of that name may say which schema a payload is of. It may hold any bytes, whatever headers are taken for: files
     * have it as {@link KeptHeaders} shows it.
     */
    default boolean isFrame(ByteView headerName) {
        return false;
    }

    @Override
    default Form form() {
        return Form.TYPED;
    }

    @Override
    default TypedFormat typed() {
        return this;
    }

    /** Not a check: a payload alone does not say enough. */
    @Override
    default int check(ByteView payload) {
        return 0;
    }

    @Override
    default boolean accepts(ByteView payload) {
        return true;
    }

    /** What is wrong with a payload its reader says, so that this is never asked. */
    @Override
    default BadRecordException mismatch(RecordView record, Part part) {
        return new BadRecordException(part, "not " + name(), record + ": the " + part + " is not " + name());
    }
}
