package io.pagewalk.internal.follow;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TablePosition;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings a table level with a log, one transaction after the other. For one thread, but for {@link #pages}. */
final class Follower {
    /** Whoever else brings the table level is as far as the log, before long. */
    private static final int MOST_RIVALS = 1_000;

    private final Supplier<FollowedTable> opening;
    private final LogChanges log;
    private final String name;
    private final BooleanSupplier stopped;
    private @Nullable FollowedTable opened;
    private boolean reapplies;
    private volatile long pages = -1;

    /**
     * @param opening opens the table, when it is needed first
     * @param name the table's, for messages
     * @param reapplies whether to add again, the first time, what the table has lost by being rolled back
     * @param stopped asked between transactions
     */
    Follower(Supplier<FollowedTable> opening, LogChanges log, String name, boolean reapplies, BooleanSupplier stopped) {
        this.opening = opening;
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
        FollowedTable table = table();
        int rivals = 0;
        while (true) {
            TablePosition position = reapplies ? table.positionOfReaders() : table.position();
            TableChange change = next(table, position, target);
            if (pages < 0) {
                pages = log.pagesAt(position);
            }
            if (change == null) {
                reapplies = false;
                return position;
            } else if (stopped.getAsBoolean()) {
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

    private FollowedTable table() {
        if (opened == null) {
            opened = opening.get();
        }
        return opened;
    }

    /** What to add; null if nothing is lacking. */
    private @Nullable TableChange next(FollowedTable table, TablePosition position, TablePosition target) {
        try {
            return lacking(table, position, target);
        } catch (TableChangedException e) {
            if (reapplies || table.position().equals(position)) {
                throw e;
            }
            // Runs were removed from the table, and have expired, since it was looked at.
            return lacking(table, table.position(), target);
        }
    }

    private @Nullable TableChange lacking(FollowedTable table, TablePosition position, TablePosition target) {
        TableChange change = position.compareTo(target) < 0 ? log.next(position, target) : null;
        if (change != null && change.pages() > 0) {
            return change;
        }
        // What readers see is what the table was given, from now on.
        return reapplies && !isSound(table, position) ? log.nothing(position) : null;
    }

    private static boolean isSound(FollowedTable table, TablePosition readers) {
        try {
            return table.position().equals(readers);
        } catch (TableChangedException e) {
            return false;
        }
    }

    /** How many committed pages the table has, of all runs; -1 if that is not known. Any thread may ask. */
    long pages() {
        return pages;
    }
}
