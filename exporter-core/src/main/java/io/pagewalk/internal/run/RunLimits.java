package io.pagewalk.internal.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a run ends early, after a commit.
 *
 * @param maxPages the most pages it commits, at least 1, or null for no limit
 * @param maxDuration after how long it commits no further page, or null for no limit
 */
public record RunLimits(@Nullable Long maxPages, @Nullable Duration maxDuration) {
    public static final RunLimits NONE = new RunLimits(null, null);

    public RunLimits {
        if (maxPages != null && maxPages < 1) {
            throw new IllegalArgumentException("at least one page: " + maxPages);
        }
    }

    /** How many pages may be begun behind {@code committed} of this run, at most {@code wanted}. */
    int ahead(long committed, int wanted) {
        return maxPages == null ? wanted : (int) Math.min(wanted, maxPages - committed);
    }

    boolean reached(long committed, Duration elapsed) {
        return (maxPages != null && committed >= maxPages)
                || (maxDuration != null && elapsed.compareTo(maxDuration) >= 0);
    }
}
