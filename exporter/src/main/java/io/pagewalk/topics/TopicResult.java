package io.pagewalk.topics;

import io.pagewalk.Export;
import io.pagewalk.ExportResult;
import org.jspecify.annotations.Nullable;

/**
 * How a topic's export went.
 *
 * @param topic the topic
 * @param export its run, which tells its figures; null if it did not come to that
 * @param result how it ended, or null if it failed or was not begun
 * @param failure why it failed, or was not begun; null if it did not fail, and if it was not begun because of a stop or a limit
 */
public record TopicResult(
        String topic,
        @Nullable Export export,
        @Nullable ExportResult result,
        @Nullable Throwable failure) {
    /** Whether nothing was done for it. */
    public boolean isNotBegun() {
        return export == null;
    }
}
