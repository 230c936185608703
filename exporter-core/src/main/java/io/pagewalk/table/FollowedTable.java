package io.pagewalk.table;

import java.util.function.Consumer;

/**
 * A table that follows a series. For one thread at a time.
 *
 * <p>All methods look at the table as it is now. They throw {@link io.pagewalk.error.TableChangedException} if it is not what this series has
 * made of it, and somebody has to decide: dropped and made anew, rolled back, its position gone. What fails and may pass is an {@link
 * io.pagewalk.error.ExportFailedException}.
 */
public interface FollowedTable {
    /** How much of the series the table has. */
    TablePosition position();

    /**
     * How much of the series the state that readers see has, also where it is less than what the table had before: it was rolled back.
     * What {@link #append} goes on from then is added again.
     */
    TablePosition positionOfReaders();

    /**
     * Makes the table's own word hold for how much of the series it has, where nothing else tells any more, and {@link #position} asks
     * somebody to decide: he has, and has looked. Changes nothing where the position is known.
     *
     * @return the position that holds from then on
     */
    TablePosition accept();

    /**
     * Adds files.
     *
     * @return whether that is done; not, if the table's position is not what the change begins with: then nothing was changed
     * @throws io.pagewalk.error.ExportFailedException also if it is not known whether it is done; {@link #position} tells, and the same change may be
     *     asked for again: it is done once
     */
    boolean append(TableChange change);

    /**
     * Removes files.
     *
     * @return as {@link #append}
     * @throws io.pagewalk.error.TableChangedException also if one of them is not in the table: a compaction has put its rows into another one, from
     *     which they cannot be taken away
     */
    boolean remove(TableChange change);

    /**
     * Tells of all files that readers see, in no order.
     *
     * @param own told the name, relative to the output, of each that is in the series' output; one that is there twice is told twice
     * @return how many others there are
     */
    long files(Consumer<String> own);

    /** Ends following: the table keeps its files, and what it says of the series is removed. Nothing happens if it says nothing. */
    void detach();
}
