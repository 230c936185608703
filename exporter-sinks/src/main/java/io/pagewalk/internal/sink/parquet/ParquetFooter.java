package io.pagewalk.internal.sink.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Finds the footer of a Parquet file: magic, row groups, footer, its length, magic. */
final class ParquetFooter {
    private static final byte[] MAGIC = ParquetFileWriter.MAGIC;
    private static final int LENGTH_BYTES = 4;

    private ParquetFooter() {}

    /**
     * Reads the footer.
     *
     * @throws IOException also if this is not a complete Parquet file
     */
    static ParquetMetadata read(SeekableByteChannel file) throws IOException {
        long size = file.size();
        long room = size - 2L * MAGIC.length - LENGTH_BYTES;
        if (room < 0) {
            throw new IOException("not a complete Parquet file: it has only " + size + " bytes");
        }
        if (!Arrays.equals(read(file, 0, MAGIC.length), MAGIC)) {
            throw new IOException("not a Parquet file: it does not begin with PAR1");
        }
        if (!Arrays.equals(read(file, size - MAGIC.length, MAGIC.length), MAGIC)) {
            throw new IOException("not a complete Parquet file: it does not end with PAR1");
        }
        long end = size - MAGIC.length - LENGTH_BYTES;
        int length = ByteBuffer.wrap(read(file, end, LENGTH_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (length <= 0 || length > room) {
            throw new IOException("not a complete Parquet file: a footer of " + length + " bytes does not fit into its "
                    + size + " bytes");
        }
        return parse(read(file, end - length, length));
    }

    private static ParquetMetadata parse(byte[] footer) throws IOException {
        try {
            return new ParquetMetadataConverter()
                    .readParquetMetadata(new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
        } catch (IOException | RuntimeException e) {
            throw new IOException("not a Parquet file: its footer is damaged", e);
        }
    }

    private static byte[] read(SeekableByteChannel file, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        file.position(position);
        while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes;
    }
}
