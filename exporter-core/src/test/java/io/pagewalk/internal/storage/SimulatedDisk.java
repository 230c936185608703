package io.pagewalk.internal.storage;

import io.pagewalk.internal.storage.Faults.Operation;
import io.pagewalk.spi.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory, and processes that use it through {@link LocalStorage}; each can be killed at any of its operations,
 * and the power can be cut. A cut loses what was not synced, wholly, in part or not at all, as the seed decides: the bytes
 * of files, and each name in a directory for itself.
 *
 * <p>The same seed and the same operations give the same disk.
 */
public final class SimulatedDisk {
    /** What ends the processes. */
    public enum Outage {
        /** The processes are gone; the disk stays as they left it, synced or not. */
        KILLED,
        /** The processes are gone, and what was not synced may be. */
        POWER_LOST
    }

    /** On which side of an operation's effect a process dies. */
    public enum CrashPoint {
        BEFORE,
        AFTER
    }

    private final SplittableRandom chance;
    private final SimulatedNode.Directory top = new SimulatedNode.Directory();
    private final Map<SimulatedNode, SimulatedProcess> locks = new HashMap<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();

    public SimulatedDisk(long seed) {
        // The first numbers of java.util.Random are nearly the same for all small seeds.
        this.chance = new SplittableRandom(seed);
    }

    /** Starts a process. Any number may be alive at once. */
    public synchronized SimulatedProcess start() {
        SimulatedProcess process = new SimulatedProcess();
        processes.add(process);
        return process;
    }

    /** Ends all processes. */
    public synchronized void end(Outage outage) {
        processes.forEach(SimulatedProcess::kill);
        processes.clear();
        if (outage == Outage.POWER_LOST) {
            losePower(top, new HashSet<>());
        }
    }

    private void losePower(SimulatedNode node, Set<SimulatedNode> done) {
        if (done.add(node)) {
            node.losePower(chance);
            if (node instanceof SimulatedNode.Directory directory) {
                directory.entries().values().forEach(child -> losePower(child, done));
            }
        }
    }

    /** All files below a directory that are visible now, by their names relative to it, temporary and lock files too. */
    public synchronized SortedMap<String, byte[]> files(Path directory) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (find(directory) instanceof SimulatedNode.Directory found) {
            collect("", found, files);
        }
        return files;
    }

    /** Removes a directory and all below it, as someone with another tool would. */
    public synchronized void removeAll(Path directory) throws IOException {
        require(directory);
        requireDirectory(directory.getParent()).remove(directory.getFileName().toString());
    }

    private static void collect(String prefix, SimulatedNode.Directory directory, SortedMap<String, byte[]> files) {
        directory.entries().forEach((name, node) -> {
            if (node instanceof SimulatedNode.Directory child) {
                collect(prefix + name + "/", child, files);
            } else if (node instanceof SimulatedNode.File file) {
                files.put(prefix + name, file.content());
            }
        });
    }

    private @Nullable SimulatedNode find(Path path) {
        SimulatedNode node = top;
        for (Path name : path) {
            if (!(node instanceof SimulatedNode.Directory directory)) {
                return null;
            }
            node = directory.entries().get(name.toString());
        }
        return node;
    }

    private SimulatedNode require(Path path) throws NoSuchFileException {
        SimulatedNode node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    private SimulatedNode.Directory requireDirectory(@Nullable Path path) throws IOException {
        SimulatedNode node = path == null ? top : require(path);
        if (node instanceof SimulatedNode.Directory directory) {
            return directory;
        }
        throw new NotDirectoryException(String.valueOf(path));
    }

    private void put(Path path, SimulatedNode node) throws IOException {
        SimulatedNode.Directory directory = requireDirectory(path.getParent());
        String name = path.getFileName().toString();
        if (directory.entries().containsKey(name)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        directory.put(name, node);
    }

    private void remove(Path path) throws IOException {
        SimulatedNode node = require(path);
        if (node instanceof SimulatedNode.Directory directory
                && !directory.entries().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        requireDirectory(path.getParent()).remove(path.getFileName().toString());
    }

    /** A process; once dead, whatever it tries throws {@link SimulatedCrash} and has no effect. */
    public final class SimulatedProcess {
        private final Disk view = new View(this);
        private volatile Faults faults = Faults.NONE;
        private boolean dead;
        private long operations;
        private long crashAt = -1;
        private CrashPoint crashPoint = CrashPoint.BEFORE;

        private SimulatedProcess() {}

        /** Opens a storage as {@link LocalStorage#open} would. */
        public Storage storage(Path root, String temporaryFolder, String runId) {
            return new LocalStorage(view, root, temporaryFolder, runId);
        }

        /**
         * How many operations the process has performed. Those that cannot change the disk are not counted: to die at one
         * of them is to die after the one before.
         */
        public long operations() {
            synchronized (SimulatedDisk.this) {
                return operations;
            }
        }

        /** Lets the process die at its given operation, the first being 1. */
        public void crashAt(long operation, CrashPoint point) {
            synchronized (SimulatedDisk.this) {
                crashAt = operation;
                crashPoint = point;
            }
        }

        public void inject(Faults newFaults) {
            faults = newFaults;
        }

        public void kill() {
            synchronized (SimulatedDisk.this) {
                dead = true;
                locks.values().removeIf(holder -> holder == this);
            }
        }

        private <T> @Nullable T read(Operation operation, Path path, Effect<T> effect) throws IOException {
            faults.before(operation, path.toString());
            T result;
            synchronized (SimulatedDisk.this) {
                requireAlive();
                result = effect.run();
            }
            faults.after(operation, path.toString());
            return result;
        }

        private <T> @Nullable T change(Operation operation, Path path, Effect<T> effect) throws IOException {
            return read(operation, path, () -> {
                operations++;
                dieAt(CrashPoint.BEFORE, operation, path);
                try {
                    return effect.run();
                } finally {
                    dieAt(CrashPoint.AFTER, operation, path);
                }
            });
        }

        private void dieAt(CrashPoint point, Operation operation, Path path) {
            if (operations == crashAt && point == crashPoint) {
                kill();
                throw new SimulatedCrash(point + " operation " + operations + ", " + operation + " " + path);
            }
        }

        private void requireAlive() {
            if (dead) {
                throw new SimulatedCrash("dead since operation " + operations);
            }
        }
    }

    private interface Effect<T> {
        @Nullable
        T run() throws IOException;
    }

    /** The disk as one process sees it. */
    private final class View implements Disk {
        private final SimulatedProcess process;

        View(SimulatedProcess process) {
            this.process = process;
        }

        private SimulatedNode.File newFile(Path path) throws IOException {
            SimulatedNode.File file = new SimulatedNode.File();
            process.change(Operation.CREATE, path, () -> {
                put(path, file);
                return null;
            });
            return file;
        }

        @Override
        public NewFile create(Path path) throws IOException {
            SimulatedNode.File file = newFile(path);
            return new NewFile() {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    process.change(Operation.WRITE, path, () -> {
                        file.append(bytes, offset, length);
                        return null;
                    });
                }

                @Override
                public void force() throws IOException {
                    process.change(Operation.FORCE, path, () -> {
                        file.force();
                        return null;
                    });
                }

                @Override
                public void close() {
                    synchronized (SimulatedDisk.this) {
                        process.requireAlive();
                    }
                }
            };
        }

        @Override
        public SeekableByteChannel open(Path path) throws IOException {
            return process.read(Operation.OPEN, path, () -> {
                if (require(path) instanceof SimulatedNode.File file) {
                    return new ByteArrayChannel(file.content());
                }
                throw new IOException("not a regular file");
            });
        }

        @Override
        public void force(Path file) throws IOException {
            process.change(Operation.FORCE, file, () -> {
                require(file).force();
                return null;
            });
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            process.change(Operation.FORCE_DIRECTORY, directory, () -> {
                requireDirectory(directory).force();
                return null;
            });
        }

        @Override
        public void link(Path name, Path file) throws IOException {
            process.change(Operation.LINK, name, () -> {
                put(name, require(file));
                return null;
            });
        }

        @Override
        public void createDirectory(Path directory) throws IOException {
            process.change(Operation.CREATE_DIRECTORY, directory, () -> {
                put(directory, new SimulatedNode.Directory());
                return null;
            });
        }

        @Override
        public void delete(Path path) throws IOException {
            process.change(Operation.DELETE, path, () -> {
                remove(path);
                return null;
            });
        }

        @Override
        public List<Entry> list(Path directory) throws IOException {
            return process.read(Operation.LIST, directory, () -> {
                List<Entry> entries = new ArrayList<>();
                requireDirectory(directory)
                        .entries()
                        .forEach((name, node) -> entries.add(
                                node instanceof SimulatedNode.File file
                                        ? new Entry(name, false, file.size())
                                        : new Entry(name, true, 0)));
                return entries;
            });
        }

        @Override
        public void names(Path directory, Consumer<String> names) throws IOException {
            list(directory).forEach(entry -> names.accept(entry.name()));
        }

        @Override
        public boolean exists(Path path) {
            synchronized (SimulatedDisk.this) {
                process.requireAlive();
                return find(path) != null;
            }
        }

        @Override
        public boolean isDirectory(Path path) {
            synchronized (SimulatedDisk.this) {
                process.requireAlive();
                return find(path) instanceof SimulatedNode.Directory;
            }
        }

        @Override
        public @Nullable Closeable createLocked(Path path) throws IOException {
            SimulatedNode.File file = newFile(path);
            return process.read(Operation.LOCK, path, () -> lock(file));
        }

        @Override
        public @Nullable Closeable tryLock(Path path) throws IOException {
            return process.read(Operation.LOCK, path, () -> lock(require(path)));
        }

        private @Nullable Closeable lock(SimulatedNode node) {
            if (locks.putIfAbsent(node, process) != null) {
                return null;
            }
            return () -> {
                synchronized (SimulatedDisk.this) {
                    process.requireAlive();
                    locks.remove(node);
                }
            };
        }
    }
}
