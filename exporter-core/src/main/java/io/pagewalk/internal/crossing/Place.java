package io.pagewalk.internal.crossing;

import org.jspecify.annotations.Nullable;

/**
 * A place of a log, and what the records there say of it. Three samples, so that no batch of up to 1,000 strays has the
 * majority: one at the place, one 1,000 offsets on, one 10,000 on. The last one is left out where it cannot turn the vote.
 */
final class Place {
    enum Verdict {
        BEFORE,
        AFTER,
        /** As many are before the time as are not. */
        TIE,
        /** No record counts. */
        UNKNOWN
    }

    private static final long RECORDS = 64;
    private static final long BYTES = 1L << 20;
    private static final long[] DISTANCES = {0, 1_000, 10_000};

    private final long at;
    private final long end;
    private final Stamps stamps;
    private final Tally tally;
    private int sample = -1;
    private long before;
    private long after;
    /** After the last record seen. */
    private long sampledTo;

    /**
     * @param end no record from there on is looked at; above {@code at}
     * @param tally takes the samples
     */
    Place(long at, long end, Stamps stamps, Tally tally) {
        this.at = at;
        this.end = end;
        this.stamps = stamps;
        this.tally = tally;
        this.sampledTo = at;
    }

    long at() {
        return at;
    }

    /** The next sample to take; null if the verdict stands. */
    @Nullable
    Read next() {
        sample++;
        if (sample == DISTANCES.length || end - at <= DISTANCES[sample] || isDecided()) {
            return null;
        }
        tally.begin();
        return new Read(at + DISTANCES[sample], end, RECORDS, BYTES);
    }

    private boolean isDecided() {
        long most = RECORDS * (DISTANCES.length - sample);
        return Math.abs(after - before) > most;
    }

    void see(long offset, long timestamp) {
        sampledTo = Math.max(sampledTo, offset + 1);
        if (!stamps.counts(timestamp)) {
            return;
        }
        boolean isBefore = stamps.isBefore(timestamp);
        if (isBefore) {
            before++;
        } else {
            after++;
        }
        tally.add(offset, isBefore);
    }

    Verdict verdict() {
        if (before + after == 0) {
            return Verdict.UNKNOWN;
        }
        if (before == after) {
            return Verdict.TIE;
        }
        return after > before ? Verdict.AFTER : Verdict.BEFORE;
    }

    /** Where the records that were looked at end, exclusive. */
    long sampledTo() {
        return sampledTo;
    }
}
