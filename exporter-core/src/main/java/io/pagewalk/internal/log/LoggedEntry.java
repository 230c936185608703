package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;

/**
 * An entry as it stands in a log.
 *
 * @param checkpoint what it says
 * @param checksum what the entry behind it refers to it by
 */
public record LoggedEntry(Checkpoint checkpoint, String checksum) {
    /**
     * Reads one entry, and checks nothing but that it is well-formed and intact in itself.
     *
     * @param place the entry as messages name it
     * @throws io.pagewalk.error.UsageException if it is not; the message begins with {@code place}
     * @throws java.nio.file.NoSuchFileException if the log has no such entry
     */
    public static LoggedEntry read(CheckpointStore store, long sequence, String place) throws IOException {
        byte[] entry = store.read(sequence);
        return new LoggedEntry(CheckpointReader.decode(entry, place), CheckpointReader.checksumOf(entry));
    }
}
