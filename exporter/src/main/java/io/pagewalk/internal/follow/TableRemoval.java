package io.pagewalk.internal.follow;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.util.List;
import java.util.TreeMap;

/** Removes the files of runs from a table, a run in one transaction, before the runs are removed. For one thread. */
final class TableRemoval {
    private final LogChanges log;
    private final FollowedTable table;
    private final String name;

    TableRemoval(LogChanges log, FollowedTable table, String name) {
        this.log = log;
        this.table = table;
        this.name = name;
    }

    /**
     * Removes what the table has of the oldest runs.
     *
     * @param runs those that are there, ascending
     * @param last the last of them to remove
     * @throws UsageException if the table does not have all of it yet
     */
    void remove(int[] runs, int last) {
        TablePosition position = table.position();
        if (position.compareTo(log.endOf(last)) < 0) {
            throw new UsageException(
                    "run " + last + " cannot expire: table " + name + " has not all of it yet, and would never get it",
                    Advice.SYNC_THE_TABLE);
        }
        removeRuns(runs, last, position);
    }

    /** Removes all that the table has. */
    void removeAll(int[] runs) {
        TablePosition position = table.position();
        removeRuns(runs, position.run(), position);
    }

    private void removeRuns(int[] runs, int last, TablePosition from) {
        TablePosition position = from;
        for (int run : runs) {
            if (run >= position.firstRun() && run <= last) {
                long end = run == position.run() ? position.sequence() : Long.MAX_VALUE;
                position = remove(position, run, log.filesOf(run, end));
            }
        }
    }

    private TablePosition remove(TablePosition before, int run, List<TableFile> files) {
        TablePosition after = new TablePosition(run + 1, before.run(), before.sequence());
        if (!table.remove(new TableChange(before, after, files, 0, new TreeMap<>()))) {
            throw new ExportFailedException("table " + name + " was changed by others while run " + run
                    + " was to be removed from it; nothing of that run is removed, run again");
        }
        return after;
    }
}
