package io.pagewalk.cli.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --progress json} prints a line of.
 *
 * @param remainingMs null while nothing can be said
 */
record ProgressDocument(
        String exportId,
        long elapsedMs,
        long records,
        long bytes,
        long pages,
        long offsets,
        long totalOffsets,
        @Nullable Long remainingMs) {
    static ProgressDocument of(String exportId, ProgressSample sample) {
        Duration remaining = sample.remaining();
        return new ProgressDocument(
                exportId,
                sample.elapsed().toMillis(),
                sample.records(),
                sample.bytes(),
                sample.pages(),
                sample.doneOffsets(),
                sample.totalOffsets(),
                remaining == null ? null : remaining.toMillis());
    }
}
