package io.pagewalk.internal.deletion;

import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Totals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to delete.
 *
 * @param checkpoints entries of the log
 * @param files files that they list
 * @param uncommitted names of files that are there and that no entry lists yet
 * @param totals what is committed
 * @param last the last entry, or null if the log has none
 * @param record what will be on record of it
 */
public record Contents(
        long checkpoints,
        long files,
        List<String> uncommitted,
        Totals totals,
        @Nullable Checkpoint last,
        DeletionRecord record) {
    public Contents {
        uncommitted = List.copyOf(uncommitted);
    }
}
