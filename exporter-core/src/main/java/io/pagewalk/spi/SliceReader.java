package io.pagewalk.spi;

import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads slices, one after the other; fastest if a slice begins where the one before ended. Confined to one thread, but for {@link #stop()}.
 */
public interface SliceReader extends Closeable {
    /**
     * Hands over every record of the slice once, in ascending order of offsets, and returns when the slice's end is
     * reached, which gaps at its end do not delay.
     *
     * @throws io.pagewalk.error.DataLossException if the log start has passed an offset not yet read, with the range of
     *     the slice that is gone; every record before it was handed over, and what is behind it can be read as a slice
     * @throws io.pagewalk.error.ExportFailedException if nothing arrives for longer than the retry timeout
     * @throws io.pagewalk.error.StoppedException if {@link #stop()} was called
     */
    void read(Slice slice, RecordHandler handler) throws IOException;

    /**
     * How many offsets of the slice are none of what is read: another export has their records. They are no gaps.
     *
     * @throws IOException if that cannot be found out
     */
    default long elsewhere(Slice slice) throws IOException {
        return 0;
    }

    /** Ends a read under way, and every later one, within a second; called from any thread. */
    void stop();

    @Override
    void close();

    /** Takes the records of a slice. */
    @FunctionalInterface
    interface RecordHandler {
        /** Takes a record, which is valid only during the call: to keep it is to keep a {@link RecordView#copy() copy}. */
        void handle(RecordView record) throws IOException;
    }
}
