package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Origin;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import java.time.Instant;

/**
 * What the next entry of a log continues.
 *
 * @param nextSequence its number
 * @param checksum of the entry before; empty if there is none
 * @param topic empty if there is no entry before
 * @param totals by the entry before
 * @param lastPage the number of the last page's entry, or 0
 * @param lastLoss the number of the last loss's entry, or 0
 */
record ChainEnd(long nextSequence, String checksum, String topic, Totals totals, long lastPage, long lastLoss) {
    /** Of a log without entries. */
    static final ChainEnd OF_NOTHING = new ChainEnd(0, "", "", Totals.NONE, 0, 0);

    static ChainEnd behind(Checkpoint last, String checksum) {
        return switch (last.body().kind()) {
            case START, COMPLETE -> behind(last, checksum, last.lastPage(), last.lastLoss());
            case PAGE -> behind(last, checksum, last.sequence(), last.lastLoss());
            case LOSS -> behind(last, checksum, last.lastPage(), last.sequence());
        };
    }

    private static ChainEnd behind(Checkpoint last, String checksum, long lastPage, long lastLoss) {
        return new ChainEnd(
                last.sequence() + 1, checksum, last.topic(), last.body().totals(), lastPage, lastLoss);
    }

    /** The entry before, as the next run of a series refers to it. */
    SeriesRun.After asAfter() {
        return new SeriesRun.After(nextSequence - 1, checksum);
    }

    Checkpoint next(String exportId, Origin origin, Instant now, Checkpoint.Body body) {
        String of = body instanceof Checkpoint.Start start ? start.extent().topic() : topic;
        return new Checkpoint(nextSequence, exportId, of, origin, now, checksum, lastPage, lastLoss, body);
    }
}
