package io.pagewalk.internal.crossing;

import org.jspecify.annotations.Nullable;

/**
 * Searches one partition for the place where its log crosses a time, from the records that somebody reads for it: {@link
 * #next()} says which, {@link #see} takes them, {@link #done()} ends a read. It holds a few numbers for each sample, and no
 * record. {@code docs/time-bounds.md} has the rule and what it comes to.
 *
 * <p>The broker knows the first record at or after a time, which one stray record can be. So the places from there on are
 * asked for the majority of their records, at twice the distance each time, until one is after the time; the last step is
 * halved until it is short enough to be read; and the cut that misplaces the fewest records is taken. Then the same from
 * the end backwards, until a place is before the time: in an ordered log that leads to the crossing that is known already,
 * and needs no reading. Confined to one thread.
 */
public final class CrossingSearch {
    /** The first step away from where a search begins. */
    private static final long STEP = 1_024;
    /** A stretch of so many offsets is read whole. */
    private static final long READ_WHOLE = 4_096;

    private static final long MOST = Long.MAX_VALUE;

    private enum Phase {
        FORWARD,
        BACKWARD,
        HALVING,
        READING,
        FOUND
    }

    private final long start;
    private final long end;
    private final Stamps stamps;
    private final long answer;
    private final Tally tally = new Tally();

    private Phase phase;
    private boolean forward = true;
    /** How far the next place is from where the search began. */
    private long distance = STEP;
    /** The crossing is not before it. */
    private long low;
    /** The place that is after the time; the crossing is not after the records that were sampled there. */
    private long high;

    private long sampledTo;
    private @Nullable Place place;
    private Cut cut;
    private Cut firstCut;
    private @Nullable Read read;
    private long first = -1;
    private long last = -1;

    /**
     * @param start the partition's first offset
     * @param end its frozen end, exclusive
     * @param time in milliseconds since the epoch
     * @param latest records dated after it, in milliseconds, count for nothing
     * @param answer the first record whose timestamp is not before {@code time}, as the broker has it; -1 for none. All
     *     records before it are before the time.
     */
    public CrossingSearch(long start, long end, long time, long latest, long answer) {
        this.start = start;
        this.end = Math.max(start, end);
        this.stamps = new Stamps(time, latest);
        this.answer = answer < 0 ? this.end : Math.max(start, Math.min(this.end, answer));
        this.cut = new Cut(stamps);
        this.firstCut = cut;
        if (this.answer == this.end || time > latest) {
            first = this.end;
            last = this.end;
            phase = Phase.FOUND;
        } else {
            low = this.answer;
            high = this.end;
            sampledTo = this.end;
            phase = Phase.FORWARD;
            look(low);
        }
    }

    /** What to read next; null once the crossings are found. The same until {@link #done()}. */
    public @Nullable Read next() {
        return read;
    }

    /** Takes a record of the read under way; in ascending order of offsets. */
    public void see(long offset, long timestamp) {
        if (place != null) {
            place.see(offset, timestamp);
        } else {
            cut.see(offset, timestamp);
        }
    }

    /** The read under way is done: nothing of it is missing. */
    public void done() {
        read = null;
        if (place == null) {
            found(cut.offset(sampledTo));
            return;
        }
        read = place.next();
        if (read == null) {
            judge(place);
        }
    }

    /**
     * What was found.
     *
     * @throws IllegalStateException before the search has ended
     */
    public Crossings result() {
        if (phase != Phase.FOUND) {
            throw new IllegalStateException("the search is under way");
        }
        return new Crossings(first, last, tally.counted(), tally.disagreeing());
    }

    private void look(long offset) {
        place = new Place(offset, end, stamps, tally);
        read = place.next();
    }

    private void judge(Place judged) {
        Place.Verdict verdict = judged.verdict();
        switch (phase) {
            case FORWARD -> {
                if (verdict == Place.Verdict.AFTER) {
                    isHigh(judged);
                    halve();
                } else {
                    // Where nothing counts, nothing is learnt.
                    low = verdict == Place.Verdict.UNKNOWN ? low : judged.at();
                    stepForward();
                }
            }
            case BACKWARD -> {
                if (verdict == Place.Verdict.BEFORE) {
                    low = judged.at();
                    meet();
                } else {
                    if (verdict != Place.Verdict.UNKNOWN) {
                        isHigh(judged);
                    }
                    stepBackward();
                }
            }
            default -> {
                boolean isLow = forward
                        ? verdict == Place.Verdict.BEFORE || verdict == Place.Verdict.TIE
                        : verdict == Place.Verdict.BEFORE;
                if (isLow) {
                    low = judged.at();
                } else {
                    isHigh(judged);
                }
                halve();
            }
        }
    }

    private void isHigh(Place judged) {
        high = judged.at();
        sampledTo = judged.sampledTo();
    }

    private void stepForward() {
        if (end - answer <= distance) {
            halve();
        } else {
            look(answer + distance);
            distance = twice(distance);
        }
    }

    private void stepBackward() {
        if (end - start <= distance) {
            low = start;
            meet();
        } else {
            look(end - distance);
            distance = twice(distance);
        }
    }

    private static long twice(long distance) {
        return distance > MOST / 2 ? MOST : 2 * distance;
    }

    /** The search from the end has a place before the time, too. */
    private void meet() {
        if (low <= first && first <= sampledTo) {
            found(first);
        } else {
            halve();
        }
    }

    private void halve() {
        if (high - low > READ_WHOLE) {
            phase = Phase.HALVING;
            look(low + (high - low) / 2);
        } else {
            phase = Phase.READING;
            place = null;
            cut = new Cut(stamps);
            if (low < sampledTo) {
                read = new Read(low, sampledTo, MOST, MOST);
            } else {
                found(low);
            }
        }
    }

    private void found(long offset) {
        if (forward) {
            first = offset;
            firstCut = cut;
            forward = false;
            phase = Phase.BACKWARD;
            distance = STEP;
            low = start;
            high = end;
            sampledTo = end;
            stepBackward();
        } else {
            last = offset;
            phase = Phase.FOUND;
            place = null;
            tally.compare(first, last, firstCut);
        }
    }
}
