package io.pagewalk.follow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a table is brought level with a run that goes on. At the run's end it is always.
 *
 * @param every so long after the last time; zero for after every page, and null for at the end alone
 */
public record CommitRule(@Nullable Duration every) {
    public static final CommitRule EVERY_PAGE = new CommitRule(Duration.ZERO);
    /** Readers see all of a run's pages at once, or where they are more files than go into one transaction, in a few steps. */
    public static final CommitRule AT_END = new CommitRule(null);

    /** @throws IllegalArgumentException if the time is negative */
    public CommitRule {
        if (every != null && every.isNegative()) {
            throw new IllegalArgumentException("every " + every);
        }
    }

    /** At most once in that time. */
    public static CommitRule every(Duration time) {
        return new CommitRule(time);
    }
}
