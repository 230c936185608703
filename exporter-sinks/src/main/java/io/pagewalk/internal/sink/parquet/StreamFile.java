package io.pagewalk.internal.sink.parquet;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file for parquet-java that is somebody else's stream: counts the bytes, never closes it. Buffered, because parquet-java
 * hands over pages in pieces of 8 KiB.
 */
final class StreamFile extends PositionOutputStream implements OutputFile {
    private final OutputStream out;
    private final byte[] buffer = new byte[128 * 1024];
    private int buffered;
    private long position;

    StreamFile(OutputStream out) {
        this.out = out;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return this;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return this;
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int b) throws IOException {
        if (buffered == buffer.length) {
            drain();
        }
        buffer[buffered++] = (byte) b;
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - buffered) {
            drain();
        }
        if (length >= buffer.length) {
            out.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
        position += length;
    }

    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    private void drain() throws IOException {
        int length = buffered;
        buffered = 0;
        out.write(buffer, 0, length);
    }

    /** Neither flushes nor closes: what is complete was flushed before, and the rest is no file. */
    @Override
    public void close() {}
}
