package io.pagewalk.campaign;

import io.pagewalk.it.fixture.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an export has to hold, and what it may.
 *
 * @param allowed what was produced into its extent, without what its isolation level leaves out, by partition and offset
 * @param required those of them that are neither on record as lost nor compacted away, by partition and offset
 */
record Expectation(Map<Place, Row> allowed, Set<Place> required) {
    record Place(int partition, long offset) {
        static Place of(Row row) {
            return new Place(row.partition(), row.offset());
        }
    }

    /**
     * @param visible what the isolation level shows
     * @param committed in the order of {@link Row#ORDER}
     */
    static Expectation of(
            List<Row> visible,
            List<Row> committed,
            boolean compacted,
            Predicate<Row> inExtent,
            Predicate<Row> onRecordAsLost) {
        Map<Place, Row> allowed = new HashMap<>();
        visible.stream().filter(inExtent).forEach(row -> allowed.put(Place.of(row), row));
        Set<Place> required = new HashSet<>();
        (compacted ? lastOfEachKey(committed) : visible)
                .stream().filter(inExtent).filter(onRecordAsLost.negate()).forEach(row -> required.add(Place.of(row)));
        return new Expectation(allowed, required);
    }

    /** Compaction keeps them for good, but for tombstones. */
    private static List<Row> lastOfEachKey(List<Row> committed) {
        Map<String, Row> last = new HashMap<>();
        committed.forEach(row -> last.put(row.partition() + " " + row.key(), row));
        return last.values().stream().filter(row -> row.value() != null).toList();
    }

    /** @throws AssertionError if these rows are not what an export has to hold */
    void check(List<Row> rows) {
        Set<Place> seen = new HashSet<>();
        for (Row row : rows) {
            Row produced = allowed.get(Place.of(row));
            if (!row.equals(produced)) {
                throw new AssertionError("exported " + row + ", produced " + produced);
            }
            if (!seen.add(Place.of(row))) {
                throw new AssertionError("exported twice: " + row);
            }
        }
        Set<Place> missing = new HashSet<>(required);
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            throw new AssertionError(missing.size() + " of " + required.size() + " records are missing, such as "
                    + allowed.get(missing.iterator().next()));
        }
    }
}
