package io.pagewalk;

import io.pagewalk.follow.TableLevel;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.HeadRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done by one moment, and what is committed by then.
 *
 * @param startedAt when the run began
 * @param elapsed since then
 * @param plan what was frozen, if this run has begun the export; null if an earlier one had, and before that
 * @param begun where the export stood when this run came to it; null before that
 * @param totals what is committed over all runs, as far as this run knows
 * @param gaps committed offsets that hold no record and are not lost, by partition; without those that have none
 * @param losses what is on record as lost
 * @param pages pages that this run has committed; null while it goes on, and if it failed
 * @param committedPages pages committed over all runs
 * @param walkedOffsets offsets walked over all runs, committed or not
 * @param records records read by this run
 * @param bytes their keys, values and headers, in bytes
 * @param fetchedBytes what came over the network for it, in bytes, as the brokers sent it
 * @param adoptedFiles files that an interrupted run had published, and that were not written again
 * @param threadMillis what the threads spent their time on, in milliseconds, by the name of the activity
 * @param idleShare the share of their time, from 0 to 1, that they had no slice to work on
 * @param headRoom of a series, how far the topic's retention was from what was not exported; null where nobody has looked
 * @param table how far the table has come that follows; null if none does, or nobody has looked yet
 * @param runs how many runs of the export it has worked on; {@code totals}, {@code gaps} and {@code losses} are those of the last
 */
public record RunFigures(
        Instant startedAt,
        Duration elapsed,
        @Nullable ExportPlan plan,
        @Nullable ExportState begun,
        Totals totals,
        SortedMap<Integer, Long> gaps,
        List<LostRange> losses,
        @Nullable Long pages,
        long committedPages,
        long walkedOffsets,
        long records,
        long bytes,
        long fetchedBytes,
        long adoptedFiles,
        Map<String, Long> threadMillis,
        double idleShare,
        @Nullable HeadRoom headRoom,
        @Nullable TableLevel table,
        int runs) {
    public RunFigures {
        gaps = Collections.unmodifiableSortedMap(new TreeMap<>(gaps));
        losses = List.copyOf(losses);
        threadMillis = Collections.unmodifiableMap(threadMillis);
    }
}
