package io.pagewalk.campaign;

import io.pagewalk.it.fixture.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a log crosses a time, as far as that is beyond doubt: strays are few, and none is where the search decides. Then the
 * frozen extent has to begin and end there.
 */
final class Crossings {
    private static final int NEAR = 128;
    private static final int FEW = 50;
    /** More than all records of a topic that are no strays. */
    private static final long SPAN_MILLIS = 3_600_000;

    private final Plan.Bounds bounds;
    private final Map<Integer, long[]> extent;
    private int checked;

    Crossings(Plan.Bounds bounds, Map<Integer, long[]> extent) {
        this.bounds = bounds;
        this.extent = extent;
    }

    /**
     * How many were beyond doubt, and right.
     *
     * @param visible in the order of {@link Row#ORDER}
     */
    int check(List<Row> visible) {
        Map<Integer, List<Row>> partitions = new TreeMap<>();
        visible.forEach(row -> partitions
                .computeIfAbsent(row.partition(), partition -> new ArrayList<>())
                .add(row));
        partitions.forEach((partition, rows) -> {
            long[] range = extent.get(partition);
            if (range != null) {
                check(rows, bounds.from(), range[0]);
                check(rows, bounds.to(), range[1]);
            }
        });
        return checked;
    }

    private void check(List<Row> rows, int bound, long offset) {
        if (bound < 0) {
            return;
        }
        long time = Plan.Bounds.time(bound);
        int crossing = 0;
        while (crossing < rows.size()
                && (isStray(rows.get(crossing)) || rows.get(crossing).timestamp() < time)) {
            crossing++;
        }
        if (isDoubtful(rows, crossing)) {
            return;
        }
        int cut = 0;
        while (cut < rows.size() && rows.get(cut).offset() < offset) {
            cut++;
        }
        if (cut != crossing) {
            throw new AssertionError("partition " + rows.get(0).partition() + " is cut at offset " + offset
                    + ", that is record " + cut + " of " + rows.size() + ", but crosses " + time + " at record "
                    + crossing);
        }
        checked++;
    }

    private static boolean isDoubtful(List<Row> rows, int crossing) {
        int strays = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (isStray(rows.get(i))) {
                strays++;
                if (i < NEAR || i >= rows.size() - NEAR || Math.abs(i - crossing) < NEAR) {
                    return true;
                }
            }
        }
        return strays * FEW > rows.size();
    }

    private static boolean isStray(Row row) {
        return row.timestamp() < Plan.Bounds.time(0) || row.timestamp() >= Plan.Bounds.time(0) + SPAN_MILLIS;
    }
}
