package io.pagewalk.internal.sink.jsonl;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.pagewalk.internal.sink.json.JsonBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The compressed frame around the lines of a file. {@link #finish()} completes it; {@link #close()} frees what is held, and
 * writes nothing. The stream below is never closed.
 */
abstract class FrameWriter implements JsonBytes, Closeable {
    static FrameWriter open(JsonlSettings settings, OutputStream out) throws IOException {
        return switch (settings.compression()) {
            case ZSTD -> new ZstdFrame(out, settings.zstdLevel());
            case GZIP -> new GzipFrameWriter(out, settings.gzipLevel());
            case NONE -> plain(out);
        };
    }

    /** One that leaves lines as they are. */
    static FrameWriter plain(OutputStream out) {
        return new NoFrame(out);
    }

    @Override
    public abstract void write(byte[] bytes, int from, int length) throws IOException;

    abstract void finish() throws IOException;

    @Override
    public abstract void close() throws IOException;

    private static final class NoFrame extends FrameWriter {
        private final OutputStream out;

        NoFrame(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        void finish() {}

        @Override
        public void close() {}
    }

    private static final class ZstdFrame extends FrameWriter {
        private final Detachable out;
        private final ZstdOutputStreamNoFinalizer zstd;

        ZstdFrame(OutputStream out, int level) throws IOException {
            this.out = new Detachable(out);
            this.zstd = new ZstdOutputStreamNoFinalizer(this.out, level).setChecksum(true);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            zstd.write(bytes, from, length);
        }

        @Override
        void finish() throws IOException {
            zstd.closeWithoutClosingParentStream();
        }

        /** Closing is the only way to free the native memory, and it ends the frame: into nowhere, then. */
        @Override
        public void close() throws IOException {
            out.detach();
            zstd.closeWithoutClosingParentStream();
        }
    }

    private static final class Detachable extends OutputStream {
        private final OutputStream out;
        private boolean detached;

        Detachable(OutputStream out) {
            this.out = out;
        }

        void detach() {
            detached = true;
        }

        @Override
        public void write(int b) throws IOException {
            if (!detached) {
                out.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!detached) {
                out.write(bytes, from, length);
            }
        }
    }
}
