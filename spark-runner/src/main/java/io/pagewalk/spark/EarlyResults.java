package io.pagewalk.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Brings what single tasks came to to the driver as soon as each is done; the result of a job is there only when all are. Without a name, it is
 * not shown on Spark's pages, nor logged.
 */
final class EarlyResults extends AccumulatorV2<Map.Entry<Integer, byte[]>, Map<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final HashMap<Integer, byte[]> results = new HashMap<>();
    /** The driver's. */
    private final transient @Nullable BiConsumer<Integer, byte[]> listener;

    EarlyResults(@Nullable BiConsumer<Integer, byte[]> listener) {
        this.listener = listener;
    }

    @Override
    public boolean isZero() {
        return results.isEmpty();
    }

    @Override
    public AccumulatorV2<Map.Entry<Integer, byte[]>, Map<Integer, byte[]>> copy() {
        EarlyResults copy = new EarlyResults(null);
        copy.results.putAll(results);
        return copy;
    }

    @Override
    public void reset() {
        results.clear();
    }

    @Override
    public void add(Map.Entry<Integer, byte[]> result) {
        results.put(result.getKey(), result.getValue());
    }

    /** Called by the driver for each task that has succeeded. */
    @Override
    public void merge(AccumulatorV2<Map.Entry<Integer, byte[]>, Map<Integer, byte[]>> other) {
        if (listener != null) {
            other.value().forEach(listener);
        }
    }

    @Override
    public Map<Integer, byte[]> value() {
        return results;
    }
}
