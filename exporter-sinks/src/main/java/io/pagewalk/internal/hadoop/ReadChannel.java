package io.pagewalk.internal.hadoop;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FSDataInputStream;

/** A published file, opened for reading by one thread. */
final class ReadChannel implements SeekableByteChannel {
    private static final int COPIED = 64 * 1024;

    private final FSDataInputStream in;
    private final long size;
    private final String place;
    private final Failures failures;
    private long position;
    private boolean open = true;

    ReadChannel(FSDataInputStream in, long size, String place, Failures failures) {
        this.in = in;
        this.size = size;
        this.place = place;
        this.failures = failures;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        int read = failures.call("read", place, () -> {
            try {
                return readInto(target);
            } catch (FileNotFoundException e) {
                NoSuchFileException gone = new NoSuchFileException(place);
                gone.initCause(e);
                throw gone;
            }
        });
        position += read;
        return read;
    }

    private int readInto(ByteBuffer target) throws IOException {
        if (in.getPos() != position) {
            in.seek(position);
        }
        if (target.hasArray()) {
            int read = some(in.read(target.array(), target.arrayOffset() + target.position(), target.remaining()));
            target.position(target.position() + read);
            return read;
        }
        byte[] bytes = new byte[Math.min(COPIED, target.remaining())];
        int read = some(in.read(bytes, 0, bytes.length));
        target.put(bytes, 0, read);
        return read;
    }

    /** S3A's stream may call the end of a connection the end of the file. */
    private int some(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("it ended after " + position + " of " + size + " bytes");
        }
        return read;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("negative position: " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    private void requireOpen() throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            in.close();
        }
    }
}
