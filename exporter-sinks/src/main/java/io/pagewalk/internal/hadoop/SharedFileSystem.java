package io.pagewalk.internal.hadoop;

import io.pagewalk.internal.storage.Bounded;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * A file system that several runs use. Once a call of one of them has failed, or has not come back when that run ended, no
 * further run gets it; it is closed when the last one that has it ends.
 */
final class SharedFileSystem {
    private static final int MOST_WAITED_SECONDS = 3;

    private final FileSystem fileSystem;
    private final Failures failures;
    private int users;
    private boolean suspect;
    private boolean ended;
    private boolean closed;
    private volatile boolean proven;
    private final ReentrantLock proving = new ReentrantLock();

    /** @param failures tells what fails there */
    SharedFileSystem(FileSystem fileSystem, Failures failures) {
        this.fileSystem = fileSystem;
        this.failures = failures;
    }

    /** For one more run, or null if it is not lent any more. */
    synchronized @Nullable Lease lease() {
        return suspect || ended ? null : first();
    }

    /** For the run that has opened it. */
    synchronized Lease first() {
        users++;
        return new Lease();
    }

    private synchronized void suspect() {
        suspect = true;
    }

    private void leave() throws IOException {
        synchronized (this) {
            users--;
        }
        closeIfDone();
    }

    /** Lends it no more. Closes it if nobody has it; else the last one to leave does. */
    void end(Duration retryTimeout) throws IOException {
        synchronized (this) {
            ended = true;
        }
        Bounded.run(this::closeIfDone, retryTimeout.plus(HadoopStorage.CLOSE_GRACE));
    }

    private void closeIfDone() throws IOException {
        synchronized (this) {
            if (users > 0 || closed || !(suspect || ended)) {
                return;
            }
            closed = true;
        }
        fileSystem.close();
    }

    /** Tries whether files are published exclusively. */
    interface Trial {
        void run() throws IOException;
    }

    /** What one run has of it. */
    final class Lease {
        private final Failures noted = failures.noted(SharedFileSystem.this::suspect);
        private boolean left;

        FileSystem fileSystem() {
            return fileSystem;
        }

        /** Through these the run does all that it does with the file system. */
        Failures failures() {
            return noted;
        }

        boolean isOf(SharedFileSystem other) {
            return SharedFileSystem.this == other;
        }

        /** Whether files were found to be published exclusively there. */
        boolean isProven() {
            return proven;
        }

        /** Tries it, unless it was tried meanwhile. A run that is trying it is waited for a moment, but not one that hangs. */
        void prove(Trial trial) throws IOException {
            boolean alone = isAlone();
            try {
                if (!proven) {
                    trial.run();
                    proven = true;
                }
            } finally {
                if (alone) {
                    proving.unlock();
                }
            }
        }

        private boolean isAlone() throws InterruptedIOException {
            try {
                return proving.tryLock(MOST_WAITED_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        /** Ends the run's use. */
        void leave() throws IOException {
            synchronized (this) {
                left = true;
            }
            if (noted.isUnderWay()) {
                suspect();
            }
            SharedFileSystem.this.leave();
        }

        /** Says that the run has ended, whether it came so far to leave or hangs. */
        void requireLeft() {
            synchronized (this) {
                if (left) {
                    return;
                }
            }
            suspect();
        }
    }
}
