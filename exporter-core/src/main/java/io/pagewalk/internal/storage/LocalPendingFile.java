package io.pagewalk.internal.storage;

import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A temporary file on its way to its name. A file whose write or sync failed is never published, nor synced again. */
final class LocalPendingFile implements PendingFile {
    private enum State {
        WRITING,
        BROKEN,
        DONE
    }

    private final LocalStorage storage;
    private final Path temporary;
    private final Path target;
    private final Disk.NewFile file;
    private final OutputStream stream = new Stream();
    private volatile State state = State.WRITING;

    LocalPendingFile(LocalStorage storage, Path temporary, Path target, Disk.NewFile file) {
        this.storage = storage;
        this.temporary = temporary;
        this.target = target;
        this.file = file;
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void publish() throws IOException {
        requireWriting();
        state = State.BROKEN;
        file.force();
        file.close();
        storage.publish(temporary, target);
        state = State.DONE;
        try {
            storage.discard(this, temporary);
        } catch (IOException e) {
            // The file is published; its second name is left to the next run.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        if (state == State.WRITING) {
            state = State.BROKEN;
        }
        try (file) {
            storage.discard(this, temporary);
        }
    }

    private void requireWriting() throws IOException {
        if (state != State.WRITING) {
            throw new IOException(
                    "cannot write " + target + ": " + (state == State.DONE ? "it is published" : "it was given up"));
        }
    }

    private final class Stream extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            requireWriting();
            boolean written = false;
            try {
                file.write(bytes, offset, length);
                written = true;
            } finally {
                if (!written) {
                    state = State.BROKEN;
                }
            }
        }
    }
}
