package io.pagewalk.internal.progress;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.function.Consumer;

/** Tells the watchdog while a storage is asked for something. Writes to a file are not told of: who writes says so. */
final class WatchedStorage implements Storage {
    private final Storage storage;
    private final Waits waits;

    WatchedStorage(Storage storage, Waits waits) {
        this.storage = storage;
        this.waits = waits;
    }

    private <T> T call(String name, Waits.Call<T, IOException> call) throws IOException {
        return waits.call(Waits.For.STORAGE, place(name), call);
    }

    private void run(String name, Waits.Action<IOException> action) throws IOException {
        waits.run(Waits.For.STORAGE, place(name), action);
    }

    private String place(String name) {
        return name.isEmpty() ? storage.location() : storage.location() + "/" + name;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public PendingFile create(String name) throws IOException {
        return call(name, () -> new Pending(name, storage.create(name)));
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return call(name, () -> new Channel(name, storage.open(name)));
    }

    @Override
    public SeekableByteChannel open(String name, long size) throws IOException {
        return call(name, () -> new Channel(name, storage.open(name, size)));
    }

    @Override
    public void persist(String name) throws IOException {
        run(name, () -> storage.persist(name));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return call(name, () -> storage.exists(name));
    }

    @Override
    public void names(String directory, Consumer<String> names) throws IOException {
        run(directory, () -> storage.names(directory, names));
    }

    @Override
    public List<StoredFile> list(String directory) throws IOException {
        return call(directory, () -> storage.list(directory));
    }

    @Override
    public List<String> listDirectories(String directory) throws IOException {
        return call(directory, () -> storage.listDirectories(directory));
    }

    @Override
    public void delete(String name) throws IOException {
        run(name, () -> storage.delete(name));
    }

    @Override
    public int removeDeadTemporaries() throws IOException {
        return call("", storage::removeDeadTemporaries);
    }

    @Override
    public List<String> liveRuns() throws IOException {
        return call("", storage::liveRuns);
    }

    @Override
    public void close() throws IOException {
        run("", storage::close);
    }

    private final class Pending implements PendingFile {
        private final String name;
        private final PendingFile file;

        Pending(String name, PendingFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public OutputStream stream() {
            return file.stream();
        }

        @Override
        public void publish() throws IOException {
            run(name, file::publish);
        }

        @Override
        public void close() throws IOException {
            run(name, file::close);
        }
    }

    private final class Channel implements SeekableByteChannel {
        private final String name;
        private final SeekableByteChannel channel;

        Channel(String name, SeekableByteChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            return call(name, () -> channel.read(buffer));
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            return channel.write(buffer);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long newPosition) throws IOException {
            channel.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
