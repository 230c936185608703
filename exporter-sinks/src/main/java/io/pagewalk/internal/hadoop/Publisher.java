package io.pagewalk.internal.hadoop;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * One run's way to publish files on one file system, so that no published one is ever overwritten. Safe for use by any number
 * of threads.
 */
interface Publisher extends Closeable {
    /** How a file is written; some systems have two ways, which keep the others' files for different reasons. */
    enum Way {
        USUAL,
        /** As large files are. */
        IN_PARTS
    }

    /** Begins a file that will be published at the target. */
    PendingUpload create(Path target, Way way) throws IOException;

    /** Deletes a file, durably; one that does not exist is no error. */
    void delete(Path file) throws IOException;

    /** As {@link io.pagewalk.spi.Storage#removeDeadTemporaries()}. */
    int removeDeadTemporaries() throws IOException;

    /** The ids of the runs that are alive, this one perhaps too. */
    List<String> liveRuns() throws IOException;

    /** Ends the run; what was pending is closed by now. */
    @Override
    void close() throws IOException;
}
