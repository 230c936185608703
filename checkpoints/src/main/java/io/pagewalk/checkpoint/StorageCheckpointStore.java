package io.pagewalk.checkpoint;

import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import java.util.OptionalLong;

/** Temporary. */
public final class StorageCheckpointStore implements CheckpointStore {
    private final Storage storage;
    private final String directory;

    public StorageCheckpointStore(Storage storage, String directory) {
        this.storage = storage;
        this.directory = directory;
    }

    @Override
    public String location() {
        return storage.location() + "/" + directory;
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        return storage.list(directory).stream()
                .filter(f -> f.name().matches(".*/[0-9]{20}\\.json"))
                .mapToLong(f -> Long.parseLong(f.name().substring(f.name().lastIndexOf('/') + 1, f.name().length() - 5)))
                .max();
    }

    private String name(long sequence) {
        return String.format(Locale.ROOT, "%s/%020d.json", directory, sequence);
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        storage.persist(name(sequence));
        try (SeekableByteChannel channel = storage.open(name(sequence))) {
            ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return buffer.array();
        }
    }

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        try (Storage.PendingFile file = storage.create(name(sequence))) {
            file.stream().write(entry);
            file.publish();
        }
    }

    @Override
    public void close() {}
}
