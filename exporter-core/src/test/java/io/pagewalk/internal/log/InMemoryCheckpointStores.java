package io.pagewalk.internal.log;

import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Logs in memory. */
public final class InMemoryCheckpointStores implements CheckpointStores {
    private final NavigableMap<Integer, InMemoryCheckpointStore> logs = new TreeMap<>();
    private final NavigableMap<Integer, byte[]> expiries = new TreeMap<>();

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
    public int[] expiries() {
        return expiries.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void expire(int run, byte[] record) throws IOException {
        if (expiries.putIfAbsent(run, record) != null) {
            throw new FileAlreadyExistsException("expiry of run " + run);
        }
    }

    @Override
    public byte[] readExpiry(int run) throws IOException {
        byte[] record = expiries.get(run);
        if (record == null) {
            throw new NoSuchFileException("expiry of run " + run);
        }
        return record;
    }

    @Override
    public void removeExpiry(int run) {
        expiries.remove(run);
    }

    @Override
    public void close() {}
}
