package io.pagewalk.table;

import io.pagewalk.location.DirectoryLocation;
import java.io.Closeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows tables by name. Safe for use by any number of threads. What fails and may pass is an {@link
 * io.pagewalk.error.ExportFailedException}; what is refused a {@link io.pagewalk.error.UsageException}. Messages name the table, and never
 * a secret.
 */
public interface TableCatalog extends Closeable {
    /**
     * Finds a table for a new export, makes it if there is none, or gives it columns that it lacks. Whoever is interrupted may do so
     * again.
     *
     * @param table its name
     * @param shape what it has to hold
     * @param output where the data files are going to be
     * @return the table, with the ids that its columns have
     * @throws io.pagewalk.error.UsageException if it cannot hold such rows, and says which column is why
     */
    PreparedTable prepare(String table, RowShape shape, DirectoryLocation output);

    /**
     * Likewise, for an export that has begun: its files have ids already, or none, in which case they are found by name.
     *
     * @param ids those that the files have, in the order of {@link RowShape#nodes}; null if they have none
     * @throws io.pagewalk.error.UsageException also if the table has other ids
     */
    PreparedTable attach(String table, RowShape shape, DirectoryLocation output, @Nullable List<Integer> ids);

    /**
     * Opens a table that follows a series. It need not be there for that.
     *
     * @param series which one, as it was put on record
     */
    FollowedTable open(FollowedSeries series);

    /** Ends connections. Tables that are open are of no use then. */
    @Override
    void close();
}
