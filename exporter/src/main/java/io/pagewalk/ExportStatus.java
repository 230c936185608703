package io.pagewalk;

import io.pagewalk.log.ExportState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an export stands.
 *
 * @param exportId its name
 * @param generation which of its topic's exports into the output it is, from 1
 * @param topic its topic
 * @param logLocation where its log is, for people
 * @param deadLetters the folder in the output that holds what was set aside
 * @param state what the log of its last run says, or null if it has claimed its output and not begun
 * @param before of a series whose last run is not complete, what the log of the run before says; else null
 * @param marked earlier runs of the series that have something on record, the latest first; at most {@link #MOST_MARKED}
 */
public record ExportStatus(
        String exportId,
        int generation,
        String topic,
        String logLocation,
        String deadLetters,
        @Nullable ExportState state,
        @Nullable ExportState before,
        List<ExportState> marked) {
    /** So many are looked up, however many there are. */
    public static final int MOST_MARKED = 10;

    public ExportStatus {
        marked = List.copyOf(marked);
    }

    public boolean isComplete() {
        return state != null && state.isComplete();
    }
}
