package io.pagewalk.internal.run;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.PinnedOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Compares the options of a command with those that an export keeps. */
final class PinnedTerms {
    private PinnedTerms() {}

    /**
     * Lets a command go on with an export whose options it repeats.
     *
     * @param requested this command's options
     * @param incremental whether only what is the series' is compared
     * @throws UsageException naming what differs
     */
    static void require(
            String exportId, ExportState state, Map<String, String> requested, boolean incremental, Instant now) {
        PinnedOptions pinned = state.start().options();
        List<String> differences =
                incremental ? pinned.differencesOfSeries(requested) : pinned.differencesTo(requested);
        if (!differences.isEmpty()) {
            boolean ofRunOnly =
                    state.isComplete() && pinned.differencesOfSeries(requested).isEmpty();
            throw new UsageException(
                    "export " + exportId + " was started with other options, which it keeps: "
                            + String.join(", ", differences)
                            + "; leave them out, or start a new export into another output",
                    ofRunOnly ? Advice.GO_ON_INCREMENTALLY : Advice.NONE);
        }
        String end = pinned.endToday(now);
        if (!incremental && state.isComplete() && !end.isEmpty()) {
            throw new UsageException(
                    "export " + exportId + " is complete up to " + pinned.end() + ", and its end, "
                            + requested.get("to") + ", is " + end + " now",
                    Advice.GO_ON_INCREMENTALLY);
        }
    }
}
