package io.pagewalk.internal.follow;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TablePosition;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Brings a table level with a log, one transaction after the other. For one thread, but for {@link #pages}. */
final class Follower {
    /** Whoever else brings the table level is as far as the log, before long. */
    private static final int MOST_RIVALS = 1_000;

    private final FollowedTable table;
    private final LogChanges log;
    private final String name;
    private final BooleanSupplier stopped;
    private boolean reapplies;
    private volatile long pages = -1;

    /**
     * @param name the table's, for messages
     * @param reapplies whether to add again, the first time, what the table has lost by being rolled back
     * @param stopped asked between transactions
     */
    Follower(FollowedTable table, LogChanges log, String name, boolean reapplies, BooleanSupplier stopped) {
        this.table = table;
        this.log = log;
        this.name = name;
        this.reapplies = reapplies;
        this.stopped = stopped;
    }

    /**
     * Adds what is behind the table's position.
     *
     * @param target how far
     * @param moved told of each position on the way
     * @return how far the table is then; less than the target only if it was stopped
     * @throws ExportFailedException if that fails for a reason that may pass; what was added stands
     */
    TablePosition bringLevel(TablePosition target, Consumer<TablePosition> moved) {
        int rivals = 0;
        while (true) {
            TablePosition position = reapplies ? table.positionOfReaders() : table.position();
            if (pages < 0) {
                pages = log.pagesAt(position);
            }
            if (position.compareTo(target) >= 0) {
                reapplies = false;
                return position;
            }
            TableChange change = log.next(position, target);
            if (change.pages() == 0 || stopped.getAsBoolean()) {
                return position;
            }
            if (table.append(change)) {
                reapplies = false;
                rivals = 0;
                pages = Math.addExact(pages, change.pages());
                moved.accept(change.after());
            } else if (++rivals < MOST_RIVALS) {
                // Somebody else was faster, and may have added the same pages.
                pages = -1;
            } else {
                throw new ExportFailedException(
                        "table " + name + " was changed by others again and again while it was to get the"
                                + " pages up to entry " + change.after() + "; run again");
            }
        }
    }

    /** How many committed pages the table has, of all runs; -1 if that is not known. Any thread may ask. */
    long pages() {
        return pages;
    }
}
