package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.ScalarJoin;
import io.pagewalk.internal.schema.SourceType.Value;
import io.pagewalk.row.ColumnType.Scalar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types without parts that one path has in the versions that join, and what they come to. Newest first. */
final class ValueJoin {
    private final Set<Value> joined = new LinkedHashSet<>();
    private Map<Scalar, Value> readings = new LinkedHashMap<>();
    private Scalar type;

    ValueJoin(Value newest) {
        type = newest.type();
        joined.add(newest);
        note(readings, newest);
    }

    Scalar type() {
        return type;
    }

    Map<Scalar, Value> readings() {
        return readings;
    }

    private static void note(Map<Scalar, Value> readings, Value value) {
        if (!value.plain().equals(value.type())) {
            readings.putIfAbsent(value.plain(), value);
        }
    }

    /** Adds a type, if there is one for it and all that were added before. */
    boolean add(Value value) {
        if (joined.contains(value)) {
            return true;
        }
        Map<Scalar, Value> candidates = new LinkedHashMap<>(readings);
        note(candidates, value);
        Scalar direct = ScalarJoin.join(type, value.type());
        Scalar candidate = direct != null ? direct : type.equals(value.plain()) ? value.type() : type;
        if (convert(value, candidate, candidates) == null
                || joined.stream().anyMatch(before -> convert(before, candidate, candidates) == null)) {
            return false;
        }
        type = candidate;
        readings = candidates;
        joined.add(value);
        return true;
    }

    /**
     * What a version's value is to be taken for so that it becomes one of the table.
     *
     * @return null if it cannot
     */
    static @Nullable Value convert(Value value, Scalar to, Map<Scalar, Value> readings) {
        if (ScalarJoin.converts(value.type(), to)) {
            return value;
        }
        Value reading = value.plain().equals(value.type()) ? readings.get(value.plain()) : null;
        return reading != null && ScalarJoin.converts(reading.type(), to) ? reading : null;
    }
}
