package io.pagewalk.cli.document;

import io.pagewalk.follow.TableFollower;
import io.pagewalk.follow.TableLevel;
import org.jspecify.annotations.Nullable;

/**
 * The table that follows an export.
 *
 * @param pages how many committed pages it has; null if nobody has looked
 * @param pagesBehind how many it has not; null likewise
 */
public record TablePart(
        String format,
        String table,
        @Nullable Long pages,
        @Nullable Long pagesBehind) {
    /** Of a table that was looked at, or null. */
    public static @Nullable TablePart of(@Nullable TableLevel level) {
        return level == null ? null : new TablePart(level.format(), level.table(), level.pages(), level.pagesBehind());
    }

    /** Of one that was not. */
    public static TablePart unseen(TableFollower follower) {
        return new TablePart(follower.format(), follower.table(), null, null);
    }
}
