package io.pagewalk.internal.storage;

import io.pagewalk.error.FencedException;
import io.pagewalk.internal.storage.Faults.Operation;
import io.pagewalk.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A storage without a disk, for tests of what stands on the contract alone. What was published is durable at once. {@link
 * SimulatedDisk} is the place for crashes within an operation, and for lost power.
 */
public final class InMemoryStorage implements Storage {
    /** A location that runs share. */
    public static final class Location {
        private final SortedMap<String, byte[]> files = new TreeMap<>();
        private final SortedMap<String, Run> runs = new TreeMap<>();

        /** Opens the location for a run. */
        public InMemoryStorage open(String runId) {
            return new InMemoryStorage(this, runId);
        }

        /** The published files. */
        public synchronized SortedMap<String, byte[]> files() {
            return new TreeMap<>(files);
        }

        /** The names of all temporary files. */
        public synchronized SortedSet<String> temporaries() {
            SortedSet<String> names = new TreeSet<>();
            runs.forEach((id, run) -> run.temporaries.forEach(number -> names.add(id + "/" + number)));
            return names;
        }

        /** Lets a run's process die: whatever it still tries throws {@link SimulatedCrash} and has no effect. */
        public synchronized void kill(String runId) {
            runs.get(runId).dead = true;
        }

        /** Removes a run's temporary files, as another run does that holds it for dead. */
        public synchronized void takeAwayTemporaries(String runId) {
            runs.get(runId).fenced = true;
            runs.get(runId).temporaries.clear();
        }
    }

    private static final class Run {
        private final Set<Integer> temporaries = new HashSet<>();
        private int created;
        private boolean dead;
        private boolean fenced;
        private boolean closed;
    }

    private final Location location;
    private final String runId;
    private final Run run = new Run();
    private volatile Faults faults = Faults.NONE;

    private InMemoryStorage(Location location, String runId) {
        this.location = location;
        this.runId = runId;
        synchronized (location) {
            if (location.runs.putIfAbsent(runId, run) != null) {
                throw new IllegalArgumentException("the run's id is in use: " + runId);
            }
        }
    }

    public void inject(Faults newFaults) {
        faults = newFaults;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public PendingFile create(String name) throws IOException {
        StorageNames.check(name);
        return perform(Operation.CREATE, name, () -> {
            requireUnfenced();
            run.temporaries.add(++run.created);
            return new Pending(name, run.created);
        });
    }

    private void requireUnfenced() throws IOException {
        if (run.closed) {
            throw new IOException("the storage is closed");
        }
        if (run.fenced) {
            throw new FencedException("the temporary files of run " + runId + " are gone");
        }
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return perform(Operation.OPEN, name, () -> new ByteArrayChannel(require(name)) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                faults.before(Operation.READ, name);
                return super.read(target);
            }
        });
    }

    @Override
    public void persist(String name) throws IOException {
        perform(Operation.PERSIST, name, () -> require(name));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return perform(Operation.OPEN, name, () -> location.files.containsKey(StorageNames.check(name)));
    }

    @Override
    public void names(String directory, Consumer<String> names) throws IOException {
        int prefix = prefix(directory).length();
        list(directory).forEach(file -> names.accept(file.name().substring(prefix)));
        listDirectories(directory).forEach(name -> names.accept(name.substring(prefix)));
    }

    private byte[] require(String name) throws NoSuchFileException {
        byte[] content = location.files.get(StorageNames.check(name));
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return content;
    }

    @Override
    public List<StoredFile> list(String directory) throws IOException {
        return perform(Operation.LIST, directory, () -> {
            List<StoredFile> files = new ArrayList<>();
            String prefix = prefix(directory);
            location.files.forEach((name, content) -> {
                if (name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0) {
                    files.add(new StoredFile(name, content.length));
                }
            });
            return files;
        });
    }

    @Override
    public List<String> listDirectories(String directory) throws IOException {
        return perform(Operation.LIST, directory, () -> {
            Set<String> directories = new TreeSet<>();
            String prefix = prefix(directory);
            for (String name : location.files.keySet()) {
                int end = name.indexOf('/', prefix.length());
                if (name.startsWith(prefix) && end >= 0) {
                    directories.add(name.substring(0, end));
                }
            }
            return List.copyOf(directories);
        });
    }

    private static String prefix(String directory) {
        return directory.isEmpty() ? "" : StorageNames.check(directory) + "/";
    }

    @Override
    public void delete(String name) throws IOException {
        StorageNames.check(name);
        perform(Operation.DELETE, name, () -> location.files.remove(name));
    }

    @Override
    public int removeDeadTemporaries() throws IOException {
        return perform(Operation.DELETE, "", () -> {
            int removed = 0;
            for (Run other : location.runs.values()) {
                if (other.dead) {
                    removed += other.temporaries.size();
                    other.temporaries.clear();
                }
            }
            return removed;
        });
    }

    @Override
    public List<String> liveRuns() {
        synchronized (location) {
            List<String> alive = new ArrayList<>();
            location.runs.forEach((id, other) -> {
                if (other != run && other.created > 0 && !other.dead && !other.closed) {
                    alive.add(id);
                }
            });
            return alive;
        }
    }

    @Override
    public void close() {
        synchronized (location) {
            requireAlive();
            run.closed = true;
            run.temporaries.clear();
        }
    }

    private void requireAlive() {
        if (run.dead) {
            throw new SimulatedCrash("run " + runId + " is dead");
        }
    }

    private <T> T perform(Operation operation, String name, Effect<T> effect) throws IOException {
        faults.before(operation, name);
        T result;
        synchronized (location) {
            requireAlive();
            result = effect.run();
        }
        faults.after(operation, name);
        return result;
    }

    private interface Effect<T> {
        T run() throws IOException;
    }

    private final class Pending implements PendingFile {
        private final String name;
        private final int temporary;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        Pending(String name, int temporary) {
            this.name = name;
            this.temporary = temporary;
        }

        @Override
        public OutputStream stream() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    requireOpen();
                    perform(Operation.WRITE, name, () -> {
                        bytes.write(source, offset, length);
                        return bytes;
                    });
                }
            };
        }

        @Override
        public void publish() throws IOException {
            requireOpen();
            ended = true;
            perform(Operation.PUBLISH, name, () -> {
                requireUnfenced();
                if (location.files.putIfAbsent(name, bytes.toByteArray()) != null) {
                    throw new FileAlreadyExistsException(name);
                }
                run.temporaries.remove(temporary);
                return bytes;
            });
        }

        @Override
        public void close() {
            ended = true;
            synchronized (location) {
                requireAlive();
                run.temporaries.remove(temporary);
            }
        }

        private void requireOpen() throws IOException {
            if (ended) {
                throw new IOException("cannot write " + name + ": it is published or was given up");
            }
        }
    }
}
