package io.pagewalk.internal.progress;

import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;

/** Tells the watchdog while logs are asked for something. */
final class WatchedCheckpointStores implements CheckpointStores {
    private final CheckpointStores stores;
    private final Waits waits;

    WatchedCheckpointStores(CheckpointStores stores, Waits waits) {
        this.stores = stores;
        this.waits = waits;
    }

    private String logs() {
        return "the logs in " + stores.location();
    }

    @Override
    public String location() {
        return stores.location();
    }

    @Override
    public int[] runs() throws IOException {
        return waits.call(Waits.For.STORAGE, logs(), stores::runs);
    }

    @Override
    public int[] expiries() throws IOException {
        return waits.call(Waits.For.STORAGE, logs(), stores::expiries);
    }

    @Override
    public void expire(int run, byte[] record) throws IOException {
        waits.run(Waits.For.STORAGE, logs(), () -> stores.expire(run, record));
    }

    @Override
    public byte[] readExpiry(int run) throws IOException {
        return waits.call(Waits.For.STORAGE, logs(), () -> stores.readExpiry(run));
    }

    @Override
    public void removeExpiry(int run) throws IOException {
        waits.run(Waits.For.STORAGE, logs(), () -> stores.removeExpiry(run));
    }

    @Override
    public CheckpointStore of(int run) {
        return new WatchedCheckpointStore(stores.of(run), waits);
    }

    @Override
    public void close() throws IOException {
        waits.run(Waits.For.STORAGE, logs(), stores::close);
    }
}
