package io.pagewalk.flat;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage.PendingFile;
import io.pagewalk.spi.Storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.OptionalLong;

/** A file for each entry of a run. */
final class FlatLog implements CheckpointStore {
    private final String location;
    private final FlatStorage files;
    private final String log;
    private boolean begun;

    FlatLog(String location, FlatStorage files, String log) {
        this.location = location;
        this.files = files;
        this.log = log;
    }

    private String name(long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("not the number of an entry: " + sequence);
        }
        return log + "/" + sequence;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        long[] all = sequences();
        for (int i = 0; i < all.length; i++) {
            if (all[i] != i) {
                throw new UsageException("the log " + location + " is broken: " + name(i)
                        + " is missing; if its export was being deleted, delete it again");
            }
        }
        return all.length == 0 ? OptionalLong.empty() : OptionalLong.of(all.length - 1);
    }

    @Override
    public long[] sequences() throws IOException {
        return files.list(log).stream()
                .map(StoredFile::name)
                .mapToLong(name -> Long.parseLong(name.substring(name.lastIndexOf('/') + 1)))
                .sorted()
                .toArray();
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        try (InputStream in = Channels.newInputStream(files.open(name(sequence)))) {
            return in.readAllBytes();
        }
    }

    @Override
    public void requireRoom(long bytes) {}

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        if (begun && sequence > 0 && !files.exists(name(0))) {
            throw new UsageException("the log " + location + " is being removed");
        }
        if (sequence > 0 && !files.exists(name(sequence - 1))) {
            throw new IOException("cannot append to " + location + ": " + name(sequence - 1) + " is missing");
        }
        try (PendingFile file = files.create(name(sequence))) {
            file.stream().write(entry);
            file.publish();
            begun = true;
        }
    }

    @Override
    public void remove(long sequence) throws IOException {
        files.delete(name(sequence));
    }
}
