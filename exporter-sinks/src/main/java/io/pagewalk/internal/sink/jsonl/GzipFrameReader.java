package io.pagewalk.internal.sink.jsonl;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads exactly what {@link GzipFrameWriter} writes; the JDK's own stream overlooks what follows a member. */
final class GzipFrameReader extends FilterInputStream {
    private final SeekableByteChannel file;
    private final Inflater inflater;
    private final CRC32 crc = new CRC32();

    GzipFrameReader(SeekableByteChannel file) throws IOException {
        this(file, new Inflater(true));
        byte[] header = GzipFrameWriter.header();
        if (!Arrays.equals(read(0, header.length), header)) {
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
        long end = GzipFrameWriter.header().length + inflater.getBytesRead();
        if (file.size() != end + GzipFrameWriter.TRAILER_BYTES) {
            throw damaged("its end is missing, or something follows it", null);
        }
        byte[] expected = GzipFrameWriter.trailer(crc, inflater.getBytesWritten());
        if (!Arrays.equals(read(end, GzipFrameWriter.TRAILER_BYTES), expected)) {
            throw damaged("its checksum differs", null);
        }
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
