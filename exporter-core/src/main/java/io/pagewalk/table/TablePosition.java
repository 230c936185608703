package io.pagewalk.table;

/**
 * How much of a series a table has.
 *
 * @param firstRun the first run whose files it has; those before were removed from it, or had expired before it followed. At least 1
 * @param run the last run of which it has something, or which it knows to have nothing for it; 0 if it has nothing yet
 * @param sequence the last entry of that run's log whose files it has; 0 stands for the first entry, which has none
 */
public record TablePosition(int firstRun, int run, long sequence) implements Comparable<TablePosition> {
    /** Of a table that has nothing of the series. */
    public static final TablePosition NOTHING = new TablePosition(1, 0, 0);

    /** @throws IllegalArgumentException if a number is out of its range */
    public TablePosition {
        if (firstRun < 1 || run < 0 || sequence < 0) {
            throw new IllegalArgumentException("run " + run + " from " + firstRun + ", entry " + sequence);
        }
    }

    /** The same, with the files up to another entry. */
    public TablePosition at(int otherRun, long otherSequence) {
        return new TablePosition(firstRun, otherRun, otherSequence);
    }

    /** By how far it is along the series. */
    @Override
    public int compareTo(TablePosition other) {
        return run != other.run ? Integer.compare(run, other.run) : Long.compare(sequence, other.sequence);
    }

    /** Such as {@code 3:17}. */
    @Override
    public String toString() {
        return run + ":" + sequence;
    }
}
