package io.pagewalk.internal.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file system of the operating system. */
final class PosixDisk implements Disk {
    /**
     * The files this process holds locked, by inode. POSIX frees a process's lock on a file as soon as the process closes
     * any descriptor of that file, so a file that stands here must not even be opened.
     */
    private static final Set<Object> LOCKED = new HashSet<>();

    /** Each write goes through a direct buffer that the JDK caches per thread at the size of the largest write. */
    private static final int MAX_WRITE = 256 * 1024;

    @Override
    public NewFile create(Path file) throws IOException {
        return new ChannelFile(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        requireRegular(file);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** To open a pipe is to wait for whoever uses its other end. */
    private static void requireRegular(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
    }

    @Override
    public void force(Path file) throws IOException {
        requireRegular(file);
        sync(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        sync(directory);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                BasicFileAttributes attributes = attributes(path);
                if (attributes != null) {
                    entries.add(new Entry(path.getFileName().toString(), attributes.isDirectory(), attributes.size()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    @Override
    public void names(Path directory, Consumer<String> names) throws IOException {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                names.accept(path.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Null if the file went away since it was listed; a link that leads nowhere still takes its name. */
    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException followed) {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException gone) {
                return null;
            }
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public boolean isSymbolicLink(Path path) {
        return Files.isSymbolicLink(path);
    }

    @Override
    public @Nullable Closeable createLocked(Path file) throws IOException {
        synchronized (LOCKED) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                return lock(channel, inode(file));
            } catch (NoSuchFileException e) {
                channel.close();
                return null;
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        }
    }

    @Override
    public @Nullable Closeable tryLock(Path file) throws IOException {
        synchronized (LOCKED) {
            requireRegular(file);
            Object inode = inode(file);
            if (LOCKED.contains(inode)) {
                return null;
            }
            return lock(FileChannel.open(file, StandardOpenOption.WRITE), inode);
        }
    }

    private static @Nullable Closeable lock(FileChannel channel, Object inode) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            return null;
        }
        LOCKED.add(inode);
        return () -> {
            synchronized (LOCKED) {
                LOCKED.remove(inode);
                channel.close();
            }
        };
    }

    private static Object inode(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElseGet(key, file::toAbsolutePath);
    }

    private static final class ChannelFile implements NewFile {
        private final FileChannel channel;
        private final WriteBack writeBack;

        ChannelFile(FileChannel channel) {
            this.channel = channel;
            this.writeBack = new WriteBack(() -> {
                channel.force(false);
                return null;
            });
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            int end = buffer.limit();
            while (buffer.position() < end) {
                buffer.limit(Math.min(end, buffer.position() + MAX_WRITE));
                channel.write(buffer);
            }
            writeBack.written(length);
        }

        @Override
        public void force() throws IOException {
            writeBack.finish();
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
