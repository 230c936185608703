package io.pagewalk.spi;

import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Where the records of a slice go: one durable file a slice. Safe for use by any number of threads; a {@link SliceWriter}
 * is confined to one.
 */
public interface Sink {
    /**
     * The file an earlier attempt published for this slice, made durable and inspected, so that its slice need not be read
     * again; empty if there is none.
     *
     * @throws IOException also if what is published under the slice's name is not what this sink would have written
     */
    Optional<PublishedFile> find(Slice slice) throws IOException;

    /** Begins the file of a slice. */
    SliceWriter open(Slice slice) throws IOException;

    /** Writes one slice. Commits or aborts, nothing in between. */
    interface SliceWriter extends Closeable {
        /**
         * Adds a record of the slice, which is valid only during the call; called in ascending order of offsets.
         *
         * @throws io.pagewalk.error.BadRecordException if the record does not fit; the file has nothing of it, and goes on
         */
        void write(RecordView record) throws IOException;

        /**
         * Publishes the file, durable, also when it holds no record. If the slice has a published file by then, that one
         * stands and its figures are returned.
         *
         * @throws io.pagewalk.error.UsageException if what is published under the slice's name is not what this sink would
         *     have written, or if nothing may be published any more
         */
        PublishedFile commit() throws IOException;

        /** Aborts unless committed: nothing of the slice is left behind. */
        @Override
        void close() throws IOException;
    }
}
