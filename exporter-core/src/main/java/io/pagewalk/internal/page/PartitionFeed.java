package io.pagewalk.internal.page;

import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;

/** Records of a topic's partitions, which come side by side. Nothing comes of a partition until it is asked for. Confined to one thread. */
public interface PartitionFeed extends AutoCloseable {
    /** Lets the records of a partition come from that offset on, in the order of their offsets. */
    void begin(int partition, long offset);

    /** Lets those come on that were held. */
    void resume(int partition);

    /** Lets no more of them come, until they are resumed; of what was fetched nothing is lost. */
    void hold(int partition);

    /** What is before it was handed over, or holds no record. */
    long position(int partition);

    /** Whether nothing at all has come yet, neither a record nor word that there is none. */
    boolean isSilent();

    /**
     * Waits a moment for records, and hands over what has come; views are valid during the call.
     *
     * @param most how many records are of use; a few more may come
     * @throws io.pagewalk.error.DataLossException if the log start has passed an offset that was asked for
     * @throws IOException if the handler failed
     */
    void poll(int most, RecordHandler handler) throws IOException;

    /** Nothing is read any more. */
    @Override
    void close();
}
