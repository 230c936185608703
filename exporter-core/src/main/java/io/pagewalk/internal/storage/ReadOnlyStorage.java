package io.pagewalk.internal.storage;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.function.Consumer;

/** Lets a storage be looked at, and nothing of it be changed: it makes nothing durable either. */
public final class ReadOnlyStorage implements Storage {
    private final Storage storage;

    /** @param storage closed with this one */
    public ReadOnlyStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public PendingFile create(String name) {
        throw new UnsupportedOperationException("read only: " + name);
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return storage.open(name);
    }

    /** Only tells whether the file is there. */
    @Override
    public void persist(String name) throws IOException {
        storage.open(name).close();
    }

    @Override
    public boolean exists(String name) throws IOException {
        return storage.exists(name);
    }

    @Override
    public void names(String directory, Consumer<String> names) throws IOException {
        storage.names(directory, names);
    }

    @Override
    public List<StoredFile> list(String directory) throws IOException {
        return storage.list(directory);
    }

    @Override
    public List<String> listDirectories(String directory) throws IOException {
        return storage.listDirectories(directory);
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException("read only: " + name);
    }

    @Override
    public int removeDeadTemporaries() {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public List<String> liveRuns() throws IOException {
        return storage.liveRuns();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
