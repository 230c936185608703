package io.pagewalk.internal.sink.jsonl;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads exactly what {@link GzipFrameWriter} writes; the JDK's own stream overlooks what follows a member. */
final class GzipFrameReader extends FilterInputStream {
    /** No flags, no time, no hint, and an unknown operating system. */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private static final int TRAILER_BYTES = 8;

    private final SeekableByteChannel file;
    private final Inflater inflater;
    private final CRC32 crc = new CRC32();

    GzipFrameReader(SeekableByteChannel file) throws IOException {
        this(file, new Inflater(true));
        if (!Arrays.equals(read(0, HEADER.length), HEADER)) {
            inflater.end();
            throw damaged("it does not begin as one written by Pagewalk", null);
        }
    }

    private GzipFrameReader(SeekableByteChannel file, Inflater inflater) {
        super(new InflaterInputStream(Channels.newInputStream(file), inflater, 64 * 1024));
        this.file = file;
        this.inflater = inflater;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int count = in.read(bytes, from, length);
            if (count > 0) {
                crc.update(bytes, from, count);
            } else if (count < 0) {
                checkEnd();
            }
            return count;
        } catch (EOFException e) {
            throw damaged("it ends too early", e);
        } catch (ZipException e) {
            throw damaged("its compressed data is damaged", e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void checkEnd() throws IOException {
        long end = HEADER.length + inflater.getBytesRead();
        if (file.size() != end + TRAILER_BYTES) {
            throw damaged("its end is missing, or something follows it", null);
        }
        if (!Arrays.equals(read(end, TRAILER_BYTES), trailer())) {
            throw damaged("its checksum differs", null);
        }
    }

    private byte[] trailer() {
        return ByteBuffer.allocate(TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt((int) inflater.getBytesWritten())
                .array();
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.position(position);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // Reading goes on until the buffer is full or the file has ended.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static IOException damaged(String how, @Nullable Throwable cause) {
        return new IOException("not a complete gzip file: " + how, cause);
    }
}
