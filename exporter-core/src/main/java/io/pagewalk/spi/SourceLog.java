package io.pagewalk.spi;

import io.pagewalk.model.Extent;

/**
 * The topic an extent was frozen from, as it is now. Safe for use by any number of threads.
 */
public interface SourceLog extends AutoCloseable {
    /**
     * Checks that this is still the log of the extent: same cluster, same topic id, every partition reaches to its frozen
     * end, and none was truncated below it meanwhile. Called for one extent only.
     *
     * @throws io.pagewalk.error.TopicChangedException naming what differs
     */
    void validate(Extent extent);

    @Override
    void close();
}
