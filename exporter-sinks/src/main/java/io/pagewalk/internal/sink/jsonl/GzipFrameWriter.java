package io.pagewalk.internal.sink.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One gzip member (RFC 1952). The JDK's own stream writes a header that changed between JDK versions; this one is fixed: no
 * time, no name, unknown operating system.
 */
final class GzipFrameWriter extends FrameWriter {
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    static final int TRAILER_BYTES = 8;

    private final OutputStream out;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[64 * 1024];

    private boolean begun;

    GzipFrameWriter(OutputStream out, int level) {
        this.out = out;
        this.deflater = new Deflater(level, true);
    }

    static byte[] header() {
        return HEADER.clone();
    }

    /** What follows the compressed data. */
    static byte[] trailer(CRC32 crc, long uncompressedBytes) {
        return ByteBuffer.allocate(TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt((int) uncompressedBytes)
                .array();
    }

    @Override
    void write(byte[] bytes, int from, int length) throws IOException {
        begin();
        crc.update(bytes, from, length);
        deflater.setInput(bytes, from, length);
        while (!deflater.needsInput()) {
            drain();
        }
    }

    @Override
    void finish() throws IOException {
        begin();
        deflater.finish();
        while (!deflater.finished()) {
            drain();
        }
        out.write(trailer(crc, deflater.getBytesRead()));
    }

    @Override
    public void close() {
        deflater.end();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(HEADER);
        }
    }

    private void drain() throws IOException {
        int length = deflater.deflate(buffer);
        if (length > 0) {
            out.write(buffer, 0, length);
        }
    }
}
