package io.pagewalk.internal.crossing;

import java.util.ArrayList;
import java.util.List;

/** The samples that were taken, kept as counts: whether they agree with a cut is known only once there is one. */
final class Tally {
    private static final class Sample {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long before;
        long after;
    }

    private final List<Sample> samples = new ArrayList<>();
    private long counted;
    private long disagreeing;

    void begin() {
        samples.add(new Sample());
    }

    void add(long offset, boolean isBefore) {
        Sample sample = samples.get(samples.size() - 1);
        sample.first = Math.min(sample.first, offset);
        sample.last = Math.max(sample.last, offset);
        if (isBefore) {
            sample.before++;
        } else {
            sample.after++;
        }
    }

    /**
     * Compares with cuts at two offsets. A sample between them, or around one, is on no side; if all are, what was read
     * around the first cut stands for them.
     */
    void compare(long first, long last, Cut cut) {
        long low = Math.min(first, last);
        long high = Math.max(first, last);
        for (Sample sample : samples) {
            if (sample.last < low) {
                counted += sample.before + sample.after;
                disagreeing += sample.after;
            } else if (sample.first >= high) {
                counted += sample.before + sample.after;
                disagreeing += sample.before;
            }
        }
        if (counted == 0) {
            counted = cut.counted();
            disagreeing = cut.misplaced();
        }
    }

    long counted() {
        return counted;
    }

    long disagreeing() {
        return disagreeing;
    }
}
