package io.pagewalk.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The checksum of a data file's bytes, as checkpoints list it: {@code crc32c:1a2b3c4d}. */
public final class FileChecksum {
    private static final int READ_BUFFER = 128 * 1024;

    private FileChecksum() {}

    /** Reads a file from its beginning to its end; it is not closed. */
    public static String of(SeekableByteChannel file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(READ_BUFFER);
        file.position(0);
        while (file.read(buffer.clear()) >= 0) {
            crc.update(buffer.flip());
        }
        return text(crc);
    }

    static String text(CRC32C crc) {
        return "crc32c:" + HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
