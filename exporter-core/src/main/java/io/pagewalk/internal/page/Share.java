package io.pagewalk.internal.page;

import io.pagewalk.record.RecordView;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a walk has left of one partition, offset by offset. The first one is of the page's first round, the next one of its second, and so on,
 * whichever way it goes.
 */
abstract class Share {
    private final int partition;
    private final int turn;
    private final long size;
    private final Deque<RecordView> found = new ArrayDeque<>();
    private long foundBytes;

    /**
     * @param turn when its turn comes in a round
     * @param size how many offsets are left
     */
    Share(int partition, int turn, long size) {
        this.partition = partition;
        this.turn = turn;
        this.size = size;
    }

    int partition() {
        return partition;
    }

    int turn() {
        return turn;
    }

    long size() {
        return size;
    }

    /** Of how many offsets, from the first one on, it is known what they hold. */
    abstract long known();

    final boolean isKnown() {
        return known() == size;
    }

    /** In which round a record of it comes. */
    abstract long roundOf(RecordView record);

    /**
     * Lets more be known: of so many offsets, if the feed gets so far.
     *
     * @return how many are read for that
     */
    abstract long want(long offsets);

    /** Wants nothing more for now. */
    abstract void hold();

    /** A record has come. */
    abstract void accept(RecordView record);

    /** The feed has moved. */
    abstract void moved();

    /** The next record that was not taken, if one is known. */
    final @Nullable RecordView next() {
        return found.peekFirst();
    }

    final RecordView take() {
        RecordView taken = found.removeFirst();
        foundBytes -= taken.size();
        return taken;
    }

    /** A record that is kept. */
    final void found(RecordView record) {
        found.addLast(record);
        foundBytes += record.size();
    }

    /** How many records are known that were not taken. */
    final int foundRecords() {
        return found.size();
    }

    /** The bytes of those, and of what has come that is not known yet. */
    long heldBytes() {
        return foundBytes;
    }
}
