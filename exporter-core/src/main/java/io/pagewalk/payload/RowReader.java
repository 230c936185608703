package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.RowEvents;
import org.jspecify.annotations.Nullable;

/** Reads the typed payloads of one part of records, one after the other. Confined to one thread. */
@FunctionalInterface
public interface RowReader {
    /**
     * Reads a payload that is not null. It is given the whole record because what says which schema the payload is of may be a
     * header. The reader begins the events itself, and each leaf of the {@link TypedFormat#layout() layout} gets at least one; they
     * refer to the record's bytes, and are valid as long as these are.
     *
     * @param into is begun anew
     * @return the id of the payload's schema, as {@link TypedRow#schemaId()} has it, valid until the next call; null if nothing says
     *     one. Readers return the same object for the same id where they can: it is compared first.
     * @throws BadRecordException if the payload is none of the format; what {@code into} then has is of no use
     */
    @Nullable
    ByteView read(RecordView record, RowEvents into);
}
