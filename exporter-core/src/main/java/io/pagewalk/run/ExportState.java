package io.pagewalk.run;

import io.pagewalk.model.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Where an export stands, by its log.
 *
 * @param start what it was started with
 * @param last the last entry of the log; the first one, if no page is committed yet
 * @param lastPage the last page that was committed, or null if there is none
 */
public record ExportState(Checkpoint.Start start, Checkpoint last, Checkpoint.@Nullable PageCommit lastPage) {
    public boolean isComplete() {
        return last.body() instanceof Checkpoint.Complete;
    }

    public Totals totals() {
        return last.body().totals();
    }

    /** The token to go on with; null once the export is complete. */
    public @Nullable PageToken next() {
        if (last.body() instanceof Checkpoint.PageCommit page) {
            return page.next();
        }
        return last.body() instanceof Checkpoint.Start first ? first.next() : null;
    }
}
