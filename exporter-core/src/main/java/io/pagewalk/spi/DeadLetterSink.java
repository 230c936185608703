package io.pagewalk.spi;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.model.OffsetSet;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Where the records of a slice go that do not fit into its data file: one durable file a slice, and none if there are no such
 * records. It is published before the data file, and says from then on which records those are. Safe for use by any number
 * of threads; a {@link Writer} is confined to one.
 */
public interface DeadLetterSink {
    /**
     * The file that was published for this slice, made durable and read; empty if there is none.
     *
     * @throws IOException if it cannot be read
     * @throws io.pagewalk.error.UsageException if what is published under its name is not such a file
     */
    Optional<Found> find(Slice slice) throws IOException;

    /** Begins the file of a slice. */
    Writer open(Slice slice) throws IOException;

    /** The file's name, relative to the output. */
    String nameOf(Slice slice);

    /**
     * A published file.
     *
     * @param letters its figures
     * @param offsets the offsets of its records, at least one
     */
    record Found(DeadLetters letters, OffsetSet offsets) {}

    /** Writes one file. Commits or aborts, nothing in between. */
    interface Writer extends Closeable {
        /**
         * Adds a record as it is, and why it is not in the data file; called in ascending order of offsets. The record is valid
         * only during the call.
         */
        void write(RecordView record, BadRecordException reason) throws IOException;

        /**
         * Publishes the file, durable. If the slice has one by then, that one stands and is returned.
         *
         * @throws io.pagewalk.error.UsageException if what is published under its name is not such a file, or if nothing may
         *     be published any more
         */
        Found commit() throws IOException;

        /** Aborts unless committed: nothing is left behind. */
        @Override
        void close() throws IOException;
    }
}
