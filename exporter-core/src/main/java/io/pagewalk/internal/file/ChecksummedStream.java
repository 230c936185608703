package io.pagewalk.internal.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/** Counts and checksums what passes, so that a file need not be read back to know its figures. */
final class ChecksummedStream extends FilterOutputStream {
    private final CRC32C crc = new CRC32C();
    private long bytes;

    ChecksummedStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        crc.update(b);
        bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        crc.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    String checksum() {
        return FileChecksum.text(crc);
    }
}
