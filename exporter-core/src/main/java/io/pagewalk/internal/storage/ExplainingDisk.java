package io.pagewalk.internal.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says in the message of every failure what was tried, on which file, and why it failed; the JDK often names the file
 * alone, or the reason alone. {@link NoSuchFileException} and {@link FileAlreadyExistsException} stay what they are; other
 * failures are the cause of a plain {@link IOException}.
 *
 * <p>Never syncs again what it could not sync: the kernel tells one sync of a failure, and the next one that all is well.
 */
final class ExplainingDisk implements Disk {
    private final Disk disk;
    /** Files and directories whose sync has failed. */
    private final Set<Path> broken = ConcurrentHashMap.newKeySet();

    ExplainingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public NewFile create(Path file) throws IOException {
        NewFile created = explain("create", file, () -> disk.create(file));
        return new NewFile() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                explain("write", file, () -> created.write(bytes, offset, length));
            }

            @Override
            public void force() throws IOException {
                explain("sync", file, created::force);
            }

            @Override
            public void close() throws IOException {
                explain("close", file, created::close);
            }
        };
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        return explain("open", file, () -> disk.open(file));
    }

    @Override
    public void force(Path file) throws IOException {
        explain("sync", file, () -> sync(file, () -> disk.force(file)));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        explain("sync directory", directory, () -> sync(directory, () -> disk.forceDirectory(directory)));
    }

    private void sync(Path path, Action sync) throws IOException {
        if (broken.contains(path)) {
            throw new IOException("an earlier sync of it failed, and what that has lost is not known; run again");
        }
        try {
            sync.run();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            broken.add(path);
            throw e;
        }
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        explain("publish", name, () -> disk.link(name, file));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        explain("create directory", directory, () -> disk.createDirectory(directory));
    }

    @Override
    public void delete(Path path) throws IOException {
        explain("delete", path, () -> disk.delete(path));
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        return explain("list", directory, () -> disk.list(directory));
    }

    @Override
    public void names(Path directory, Consumer<String> names) throws IOException {
        explain("list", directory, () -> {
            disk.names(directory, names);
            return directory;
        });
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(path);
    }

    @Override
    public boolean isSymbolicLink(Path path) {
        return disk.isSymbolicLink(path);
    }

    @Override
    public @Nullable Closeable createLocked(Path file) throws IOException {
        return explainNullable("create and lock", file, () -> disk.createLocked(file));
    }

    @Override
    public @Nullable Closeable tryLock(Path file) throws IOException {
        return explainNullable("lock", file, () -> disk.tryLock(file));
    }

    private static void explain(String action, Path path, Action call) throws IOException {
        explainNullable(action, path, () -> {
            call.run();
            return null;
        });
    }

    private static <T> T explain(String action, Path path, Call<T> call) throws IOException {
        return Objects.requireNonNull(explainNullable(action, path, call));
    }

    private static <T> @Nullable T explainNullable(String action, Path path, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (NoSuchFileException e) {
            throw caused(new NoSuchFileException(path.toString(), null, "cannot " + action + ": no such file"), e);
        } catch (FileAlreadyExistsException e) {
            throw caused(new FileAlreadyExistsException(path.toString(), null, "the name is taken"), e);
        } catch (IOException e) {
            throw new IOException("cannot " + action + " " + path + ": " + reason(e), e);
        }
    }

    private static <E extends IOException> E caused(E failure, IOException cause) {
        failure.initCause(cause);
        return failure;
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (e instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        if (e instanceof ClosedChannelException) {
            return "closed by another thread";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return Objects.requireNonNullElseGet(reason, e::toString);
    }

    private interface Action {
        void run() throws IOException;
    }

    private interface Call<T> {
        @Nullable
        T run() throws IOException;
    }
}
