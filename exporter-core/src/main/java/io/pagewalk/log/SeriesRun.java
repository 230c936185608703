package io.pagewalk.log;

import io.pagewalk.plan.HeadRoom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which run of a series a log is of, and what the runs before it came to. An export that is no series is run 1 of one.
 *
 * @param number from 1
 * @param after the last entry of the run before, or null of run 1
 * @param before what the runs before have committed and lost, all together
 * @param lostBefore what was gone from the topic before this run was frozen, and is in no run's extent
 * @param headRoom how far the topic's retention was from what was not exported, at the freeze; null of run 1
 * @param lastMarked the last run before this one that has something on record, lost or set aside; 0 if there is none
 */
public record SeriesRun(
        int number,
        @Nullable After after,
        Totals before,
        List<LostRange> lostBefore,
        @Nullable HeadRoom headRoom,
        int lastMarked) {
    /** The first, of which there is nothing to say. */
    public static final SeriesRun FIRST = new SeriesRun(1, null, Totals.NONE, List.of(), null, 0);

    /**
     * The entry that a run goes on after.
     *
     * @param sequence its number
     * @param checksum as the next entry of a log refers to it
     */
    public record After(long sequence, String checksum) {}

    /** @throws IllegalArgumentException if the parts do not fit each other */
    public SeriesRun {
        lostBefore = List.copyOf(lostBefore);
        if (number < 1
                || (number == 1) != (after == null)
                || (after == null) != (headRoom == null)
                || lastMarked < 0
                || lastMarked >= number) {
            throw new IllegalArgumentException("it cannot be run " + number + " of a series");
        }
    }

    /**
     * The run after this one.
     *
     * @param totals what this one came to
     * @param last its last entry
     * @param lost what is gone between the two
     * @param room how far the topic's retention is
     */
    public SeriesRun next(Totals totals, After last, List<LostRange> lost, HeadRoom room) {
        return new SeriesRun(number + 1, last, with(totals), lost, room, isMarked(totals) ? number : lastMarked);
    }

    /** What the series has committed and lost, with so much of this run. */
    public Totals with(Totals totals) {
        return before.plus(totals).plusLost(sizeLostBefore());
    }

    /** Whether this run has something on record, if it has come to these totals. */
    public boolean isMarked(Totals totals) {
        return totals.lost() > 0 || totals.setAside() > 0 || !lostBefore.isEmpty();
    }

    private long sizeLostBefore() {
        return lostBefore.stream().mapToLong(lost -> lost.range().size()).sum();
    }
}
