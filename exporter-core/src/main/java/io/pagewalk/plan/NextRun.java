package io.pagewalk.plan;

import io.pagewalk.model.OffsetRange;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan says that goes on with a series.
 *
 * @param number of the run it is for, from 2
 * @param lost by partition, what is gone between the end of the run before and the log start offset
 * @param added the partitions that the run before did not have
 * @param headRoom how far the topic's retention is
 */
public record NextRun(int number, SortedMap<Integer, OffsetRange> lost, List<Integer> added, HeadRoom headRoom) {
    public NextRun {
        lost = Collections.unmodifiableSortedMap(new TreeMap<>(lost));
        added = List.copyOf(added);
    }
}
