package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
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
 * @param links where the entries are that have to be found
 */
record ChainEnd(long nextSequence, String checksum, String topic, Totals totals, EntryLinks links) {
    /** Of a log without entries. */
    static final ChainEnd OF_NOTHING = new ChainEnd(0, "", "", Totals.NONE, EntryLinks.NONE);

    static ChainEnd behind(Checkpoint last, String checksum) {
        return new ChainEnd(
                last.sequence() + 1,
                checksum,
                last.topic(),
                last.body().totals(),
                last.links().behind(last.sequence(), last.body().kind()));
    }

    /** The entry before, as the next run of a series refers to it. */
    SeriesRun.After asAfter() {
        return new SeriesRun.After(nextSequence - 1, checksum);
    }

    Checkpoint next(String exportId, Origin origin, Instant now, Checkpoint.Body body) {
        String of = body instanceof Checkpoint.Start start ? start.extent().topic() : topic;
        return new Checkpoint(nextSequence, exportId, of, origin, now, checksum, links, body);
    }
}
