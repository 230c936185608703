package io.pagewalk.internal.slice;

import io.pagewalk.model.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a thread begins that cannot go on where its reader stands. A consumer fetches ahead, and a seek throws that away; so
 * threads keep to stretches of adjacent slices, and do not take each other's next one while there is another place to begin.
 */
final class SliceRuns {
    private record Place(int partition, long offset) {
        static Place startOf(Slice slice) {
            return new Place(slice.partition(), slice.range().start());
        }

        static Place endOf(Slice slice) {
            return new Place(slice.partition(), slice.range().end());
        }
    }

    private final Map<Place, Slice> byStart = new HashMap<>();
    private final Set<Place> ends = new HashSet<>();

    private SliceRuns(Collection<Slice> waiting) {
        for (Slice slice : waiting) {
            byStart.put(Place.startOf(slice), slice);
            if (!slice.range().isEmpty()) {
                ends.add(Place.endOf(slice));
            }
        }
    }

    /**
     * The first slice that begins a run of adjacent ones, unless a slice under way leads up to it. If one leads up to every
     * run, the middle of the longest.
     *
     * @param waiting slices of one topic that nobody has taken, in the order of their page; not empty
     * @param underWay slices that other threads work on
     */
    static Slice begin(Collection<Slice> waiting, Collection<Slice> underWay) {
        SliceRuns runs = new SliceRuns(waiting);
        Set<Place> ledUpTo = new HashSet<>();
        underWay.forEach(slice -> ledUpTo.add(Place.endOf(slice)));
        List<Slice> longest = List.of();
        for (Slice slice : waiting) {
            Place start = Place.startOf(slice);
            if (runs.ends.contains(start)) {
                continue;
            }
            if (!ledUpTo.contains(start)) {
                return slice;
            }
            List<Slice> run = runs.from(slice);
            if (run.size() > longest.size()) {
                longest = run;
            }
        }
        return longest.get(longest.size() / 2);
    }

    private List<Slice> from(Slice first) {
        List<Slice> run = new ArrayList<>();
        for (Slice slice = first; slice != null; slice = byStart.get(Place.endOf(slice))) {
            run.add(slice);
        }
        return run;
    }
}
