package io.pagewalk.follow;

import io.pagewalk.Removal;
import io.pagewalk.log.Expiry;
import java.util.List;

/**
 * An export that is there already, and the table that follows it. Any thread may use it; each question opens what it needs. All fail with a
 * {@link io.pagewalk.error.UsageException} if there is no such export, or another table follows it, with a {@link
 * io.pagewalk.error.TableChangedException} if somebody has to decide about the table, and with an {@link
 * io.pagewalk.error.ExportFailedException} if what failed may pass.
 */
public interface StoredTable {
    /** Looks how far the table has come; changes nothing. */
    TableLevel level();

    /**
     * Brings the table level with what is committed. If none follows the export yet, this one does from now on, and that is put on record.
     *
     * @return how far it has come then
     */
    TableLevel sync();

    /**
     * Lets the table's own word hold for how much of the export it has, where neither its snapshots nor its files tell any more and all
     * else fails with a {@link io.pagewalk.error.TableChangedException}. Whoever asks for it has seen that the rows are there. Changes
     * nothing where the table tells.
     *
     * @return how far it has come then
     */
    TableLevel accept();

    /** Ends that the table follows, for good: it keeps its rows, whose files become the export's alone to remove. */
    void detach();

    /**
     * Removes the files of runs from the table, and then the runs, as {@link io.pagewalk.StoredExport#expire} does.
     *
     * @throws io.pagewalk.error.TableChangedException if a compaction has put rows of theirs into other files; then nothing was removed
     * @throws io.pagewalk.error.UsageException if the table does not have these runs yet
     */
    void expire(Expiry expiry);

    /**
     * Removes the files of the export from the table, and then the export, as {@link io.pagewalk.StoredExport#remove} does.
     *
     * @return as that does
     * @throws io.pagewalk.error.TableChangedException if a compaction has put rows of theirs into other files; then nothing was removed
     */
    int remove(Removal removal);

    /**
     * Compares what the log says to be in the table with the files that its readers see.
     *
     * @return what differs, a line each; empty if nothing does
     */
    List<String> differences();
}
