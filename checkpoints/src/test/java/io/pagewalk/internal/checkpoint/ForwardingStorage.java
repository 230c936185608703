package io.pagewalk.internal.checkpoint;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.function.Consumer;

/** Hands every call on; to be overridden in part. */
abstract class ForwardingStorage implements Storage {
    private final Storage storage;

    ForwardingStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public PendingFile create(String name) throws IOException {
        return storage.create(name);
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return storage.open(name);
    }

    @Override
    public void persist(String name) throws IOException {
        storage.persist(name);
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
    public void delete(String name) throws IOException {
        storage.delete(name);
    }

    @Override
    public int removeDeadTemporaries() throws IOException {
        return storage.removeDeadTemporaries();
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
