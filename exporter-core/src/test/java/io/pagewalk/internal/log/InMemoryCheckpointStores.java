package io.pagewalk.internal.log;

import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Logs in memory. */
public final class InMemoryCheckpointStores implements CheckpointStores {
    private final NavigableMap<Integer, InMemoryCheckpointStore> logs = new TreeMap<>();

    /** @param first the log of run 1 */
    public InMemoryCheckpointStores(InMemoryCheckpointStore first) {
        logs.put(1, first);
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public int[] runs() {
        return logs.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public CheckpointStore of(int run) {
        return logs.computeIfAbsent(run, number -> new InMemoryCheckpointStore());
    }

    @Override
    public void close() {}
}
