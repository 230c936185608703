package io.pagewalk.internal.hadoop;

import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to its name. One whose write failed is never published: some streams would complete what they have. May be
 * closed by another thread than the one that writes.
 */
abstract class PendingUpload implements PendingFile {
    private enum State {
        WRITING,
        PUBLISHING,
        PUBLISHED,
        GIVEN_UP
    }

    private final String place;
    private final Failures failures;
    private final OutputStream stream = new Stream();
    private final AtomicReference<State> state = new AtomicReference<>(State.WRITING);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Set<PendingUpload> pending;
    private volatile Runnable onPublished = () -> {};

    PendingUpload(String place, Failures failures) {
        this.place = place;
        this.failures = failures;
    }

    /** Adds itself to a concurrent set, until it is published or given up. */
    PendingUpload in(Set<PendingUpload> set) {
        set.add(this);
        pending = set;
        return this;
    }

    /** Tells when it is published. */
    PendingUpload told(Runnable listener) {
        onPublished = listener;
        return this;
    }

    /** Where the file goes to, as messages show it. */
    String place() {
        return place;
    }

    abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /** Makes the bytes durable and lets them appear. */
    abstract void complete() throws IOException;

    /** Leaves nothing of a file that was not published, or as little as can be. Called once. */
    abstract void discard() throws IOException;

    @Override
    public final OutputStream stream() {
        return stream;
    }

    @Override
    public final void publish() throws IOException {
        if (!state.compareAndSet(State.WRITING, State.PUBLISHING)) {
            throw unusable();
        }
        boolean published = false;
        try {
            failures.call("publish", place, () -> {
                complete();
                return place;
            });
            published = true;
        } finally {
            state.set(published ? State.PUBLISHED : State.GIVEN_UP);
        }
        ended.set(true);
        forget();
        onPublished.run();
    }

    private void forget() {
        Set<PendingUpload> set = pending;
        if (set != null) {
            set.remove(this);
        }
    }

    @Override
    public final void close() throws IOException {
        state.compareAndSet(State.WRITING, State.GIVEN_UP);
        if (state.get() == State.GIVEN_UP && ended.compareAndSet(false, true)) {
            try {
                failures.call("give up", place, () -> {
                    discard();
                    return place;
                });
            } finally {
                forget();
            }
        }
    }

    private IOException unusable() {
        return new IOException("cannot write " + place + ": "
                + (state.get() == State.GIVEN_UP ? "it was given up" : "it is published"));
    }

    private final class Stream extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (state.get() != State.WRITING) {
                throw unusable();
            }
            boolean written = false;
            try {
                failures.call("write", place, () -> {
                    PendingUpload.this.write(bytes, offset, length);
                    return place;
                });
                written = true;
            } finally {
                if (!written) {
                    state.compareAndSet(State.WRITING, State.GIVEN_UP);
                }
            }
        }
    }
}
