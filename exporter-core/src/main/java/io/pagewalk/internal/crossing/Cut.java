package io.pagewalk.internal.crossing;

/**
 * The place in a stretch of the log that misplaces the fewest records: those before it that are not before the time, and
 * those after it that are. The smallest of equals, and always the offset of a record, so that gaps make no difference.
 */
final class Cut {
    private final Stamps stamps;
    private long counted;
    private long before;
    private long balance;
    private long least;
    private long best;
    /** Whether the cut is before the next record, whose offset is not known yet. */
    private boolean open = true;

    Cut(Stamps stamps) {
        this.stamps = stamps;
    }

    void see(long offset, long timestamp) {
        if (open) {
            best = offset;
            open = false;
        }
        if (!stamps.counts(timestamp)) {
            return;
        }
        counted++;
        if (!stamps.isBefore(timestamp)) {
            balance++;
            return;
        }
        before++;
        balance--;
        if (balance < least) {
            least = balance;
            open = true;
        }
    }

    /** @param end where the stretch ends */
    long offset(long end) {
        return open ? end : best;
    }

    /** How many records were seen that count. */
    long counted() {
        return counted;
    }

    /** How many of them the best cut misplaces. */
    long misplaced() {
        return before + least;
    }
}
