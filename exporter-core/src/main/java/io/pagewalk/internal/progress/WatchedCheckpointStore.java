package io.pagewalk.internal.progress;

import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.util.OptionalLong;

/** Tells the watchdog while a store is asked for something. */
final class WatchedCheckpointStore implements CheckpointStore {
    private final CheckpointStore store;
    private final Waits waits;

    WatchedCheckpointStore(CheckpointStore store, Waits waits) {
        this.store = store;
        this.waits = waits;
    }

    private <T> T call(String what, Waits.Call<T, IOException> call) throws IOException {
        return waits.call(Waits.For.STORAGE, what, call);
    }

    private void run(String what, Waits.Action<IOException> action) throws IOException {
        waits.run(Waits.For.STORAGE, what, action);
    }

    private String log() {
        return "the log in " + store.location();
    }

    private String entry(long sequence) {
        return CheckpointLog.place(sequence, store);
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        return call(log(), store::lastSequence);
    }

    @Override
    public long[] sequences() throws IOException {
        return call(log(), store::sequences);
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        return call(entry(sequence), () -> store.read(sequence));
    }

    @Override
    public void requireRoom(long bytes) throws IOException {
        run(log(), () -> store.requireRoom(bytes));
    }

    @Override
    public boolean takeOver() throws IOException {
        return call(log(), store::takeOver);
    }

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        run(entry(sequence), () -> store.append(sequence, entry));
    }

    @Override
    public void remove(long sequence) throws IOException {
        run(entry(sequence), () -> store.remove(sequence));
    }
}
