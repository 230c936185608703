package io.pagewalk.internal.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A disk that hangs once it is told to, as an NFS mount whose server is gone: no call comes back until it is released. As of a
 * file of the JDK, closing one waits for the threads that write to it.
 */
final class HungDisk implements Disk {
    private final Disk disk;
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch stuck = new CountDownLatch(1);
    private volatile boolean hung;

    HungDisk(Disk disk) {
        this.disk = disk;
    }

    void hang() {
        hung = true;
    }

    /** Returns once a call hangs. */
    void awaitStuckCall() throws InterruptedException {
        if (!stuck.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody called");
        }
    }

    void release() {
        hung = false;
        released.countDown();
    }

    /** No interrupt ends a call to a kernel that waits for a server. */
    private void pass() {
        boolean interrupted = false;
        while (hung) {
            stuck.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public NewFile create(Path path) throws IOException {
        pass();
        NewFile file = disk.create(path);
        Phaser users = new Phaser(1);
        return new NewFile() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                users.register();
                try {
                    pass();
                    file.write(bytes, offset, length);
                } finally {
                    users.arriveAndDeregister();
                }
            }

            @Override
            public void force() throws IOException {
                users.register();
                try {
                    pass();
                    file.force();
                } finally {
                    users.arriveAndDeregister();
                }
            }

            @Override
            public void close() throws IOException {
                users.arriveAndAwaitAdvance();
                file.close();
            }
        };
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        pass();
        return disk.open(file);
    }

    @Override
    public void force(Path file) throws IOException {
        pass();
        disk.force(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        pass();
        disk.forceDirectory(directory);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        pass();
        disk.link(name, file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        pass();
        disk.createDirectory(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        pass();
        disk.delete(path);
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        pass();
        return disk.list(directory);
    }

    @Override
    public void names(Path directory, Consumer<String> names) throws IOException {
        pass();
        disk.names(directory, names);
    }

    @Override
    public boolean exists(Path path) {
        pass();
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        pass();
        return disk.isDirectory(path);
    }

    @Override
    public @Nullable Closeable createLocked(Path file) throws IOException {
        pass();
        return disk.createLocked(file);
    }

    @Override
    public @Nullable Closeable tryLock(Path file) throws IOException {
        pass();
        return disk.tryLock(file);
    }
}
