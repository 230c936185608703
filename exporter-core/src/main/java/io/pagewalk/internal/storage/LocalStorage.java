package io.pagewalk.internal.storage;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files below a directory of a local or mounted file system that has hard links and file locks.
 *
 * <p>A file is written under a name of its own in the run's temporary folder and synced; then it is linked to its final
 * name, which the file system refuses if that is taken; then the directory is synced. Directories are created as needed,
 * the root and those above it too, and are as durable as the files in them. Files and directories get the permissions that
 * the umask leaves.
 *
 * <p>Opening a storage touches nothing: the run begins to exist on disk, locked against being held for dead, when its
 * first file is created, and ends with {@link #close()} or with the process.
 */
public final class LocalStorage implements Storage {
    /** To remove some files takes no longer, unless the file system hangs. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Disk disk;
    private final Path root;
    private final Path temporaryFolder;
    private final String runId;
    private final DurableDirectories directories;
    private final Set<LocalPendingFile> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Duration closeLimit;
    private @Nullable RunFolder run;

    LocalStorage(Disk disk, Path root, String temporaryFolder, String runId) {
        this(disk, root, temporaryFolder, runId, CLOSE_LIMIT);
    }

    /** @param closeLimit for how long {@link #close()} waits for a file system that hangs */
    LocalStorage(Disk disk, Path root, String temporaryFolder, String runId, Duration closeLimit) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("not an id of a run: " + runId);
        }
        this.disk = new ExplainingDisk(disk);
        this.root = root.toAbsolutePath().normalize();
        this.temporaryFolder = this.root.resolve(StorageNames.check(temporaryFolder));
        this.runId = runId;
        this.closeLimit = closeLimit;
        this.directories = new DurableDirectories(this.disk, this.root);
    }

    /**
     * Opens the storage for one run.
     *
     * @param root the directory that names are relative to; created with the first file
     * @param temporaryFolder the name of the folder for temporary files, the same for all runs that shall find each
     *     other's; listings leave it out
     * @param runId an id that no other run has, of up to 64 ASCII letters, digits, {@code _} and {@code -}
     */
    public static LocalStorage open(Path root, String temporaryFolder, String runId) {
        return new LocalStorage(new PosixDisk(), root, temporaryFolder, runId);
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public PendingFile create(String name) throws IOException {
        Path target = resolve(name);
        RunFolder folder = runFolder();
        Path temporary = folder.newTemporary();
        LocalPendingFile file;
        try {
            file = new LocalPendingFile(this, temporary, target, disk.create(temporary));
        } catch (NoSuchFileException e) {
            throw temporariesAreGone(folder, e);
        }
        pending.add(file);
        if (closed.get()) {
            // Nobody knows whether the closing thread has seen it.
            file.close();
            requireOpen();
        }
        return file;
    }

    private synchronized RunFolder runFolder() throws IOException {
        requireOpen();
        if (run == null) {
            directories.ensure(temporaryFolder);
            run = RunFolder.create(disk, temporaryFolder, runId);
        }
        return run;
    }

    private void requireOpen() throws IOException {
        if (closed.get()) {
            throw new IOException("cannot write to " + root + ": the storage is closed");
        }
    }

    /** Links a synced file to its name, durably. */
    void publish(Path temporary, Path target) throws IOException {
        Path directory = directoryOf(target);
        directories.ensure(directory);
        try {
            disk.link(target, temporary);
        } catch (NoSuchFileException e) {
            if (disk.exists(temporary)) {
                throw new IOException("cannot publish " + target + ": its directory is gone", e);
            }
            throw temporariesAreGone(runFolder(), e);
        }
        disk.forceDirectory(directory);
    }

    /** Removes a temporary file, or tries to; once. */
    void discard(LocalPendingFile file, Path temporary) throws IOException {
        if (pending.remove(file)) {
            RunFolder.deleteIfExists(disk, temporary);
        }
    }

    private IOException temporariesAreGone(RunFolder folder, NoSuchFileException e) throws IOException {
        requireOpen();
        if (disk.isDirectory(root)) {
            throw folder.fenced(e);
        }
        return new IOException("the directory " + root + " is gone", e);
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return disk.open(resolve(name));
    }

    @Override
    public void persist(String name) throws IOException {
        Path file = resolve(name);
        Path directory = directoryOf(file);
        disk.force(file);
        directories.ensure(directory);
        disk.forceDirectory(directory);
    }

    /** Asks by opening, because the file system's own answer takes a failure for "no". */
    @Override
    public boolean exists(String name) throws IOException {
        try (SeekableByteChannel file = open(name)) {
            return file.isOpen();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (disk.isDirectory(resolve(name))) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void names(String directory, Consumer<String> names) throws IOException {
        Path path = directory.isEmpty() ? root : resolve(directory);
        if (path.startsWith(temporaryFolder)) {
            return;
        }
        try {
            disk.names(path, name -> {
                if (!path.resolve(name).equals(temporaryFolder)) {
                    names.accept(name);
                }
            });
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            if (!(e.getCause() instanceof NotDirectoryException)) {
                throw e;
            }
        }
    }

    @Override
    public List<StoredFile> list(String directory) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        for (Disk.Entry entry : entries(directory)) {
            if (!entry.isDirectory()) {
                files.add(new StoredFile(join(directory, entry.name()), entry.size()));
            }
        }
        return files;
    }

    @Override
    public List<String> listDirectories(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        for (Disk.Entry entry : entries(directory)) {
            if (entry.isDirectory()) {
                names.add(join(directory, entry.name()));
            }
        }
        return names;
    }

    private List<Disk.Entry> entries(String directory) throws IOException {
        Path path = directory.isEmpty() ? root : resolve(directory);
        if (path.startsWith(temporaryFolder)) {
            return List.of();
        }
        try {
            List<Disk.Entry> entries = new ArrayList<>(disk.list(path));
            entries.removeIf(entry -> path.resolve(entry.name()).equals(temporaryFolder));
            return entries;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            if (e.getCause() instanceof NotDirectoryException) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = resolve(name);
        if (disk.isDirectory(file)) {
            throw new IOException("cannot delete " + file + ": it is a directory");
        }
        if (RunFolder.deleteIfExists(disk, file)) {
            disk.forceDirectory(directoryOf(file));
        }
    }

    @Override
    public int removeDeadTemporaries() throws IOException {
        return new DeadRuns(disk, temporaryFolder).remove();
    }

    @Override
    public List<String> liveRuns() throws IOException {
        List<String> alive = new ArrayList<>(new DeadRuns(disk, temporaryFolder).alive());
        alive.remove(runId);
        return alive;
    }

    /**
     * Waits a moment only for a file system that hangs: what is left then is removed by the next run, once this process has
     * ended.
     */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            Bounded.run(this::closeFiles, closeLimit);
        }
    }

    private synchronized void closeFiles() throws IOException {
        try {
            for (LocalPendingFile file : pending) {
                file.close();
            }
        } finally {
            if (run != null) {
                run.close();
            }
        }
    }

    private Path resolve(String name) throws IOException {
        try {
            return root.resolve(StorageNames.check(name));
        } catch (InvalidPathException e) {
            throw new IOException("the locale's character set cannot express the file name " + name, e);
        }
    }

    private static Path directoryOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
