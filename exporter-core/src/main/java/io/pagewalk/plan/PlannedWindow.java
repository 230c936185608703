package io.pagewalk.plan;

import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import java.util.SortedMap;

/**
 * The window that a run is planned for.
 *
 * @param window the window
 * @param directory where its files go, or the empty string for the output itself
 * @param passed whether the topic has records after its end, so that nothing but late ones can still belong to it
 */
public record PlannedWindow(Window window, String directory, boolean passed) {
    /** One of which it is not known yet. */
    public PlannedWindow(Window window, String directory) {
        this(window, directory, false);
    }

    /**
     * As it is once the extent is known.
     *
     * @param all what the topic has of each partition
     */
    public PlannedWindow of(Extent extent, SortedMap<Integer, OffsetRange> all) {
        boolean has = extent.partitions().entrySet().stream().anyMatch(entry -> {
            OffsetRange range = all.get(entry.getKey());
            return range != null && entry.getValue().end() < range.end();
        });
        return new PlannedWindow(window, directory, has);
    }
}
