package io.pagewalk.sink.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Finds the footer of a Parquet file: magic, row groups, footer, its length, magic. */
final class ParquetFooter {
    private static final ByteBuffer MAGIC =
            ByteBuffer.wrap(ParquetFileWriter.MAGIC).asReadOnlyBuffer();
    private static final int LENGTH_BYTES = 4;

    private ParquetFooter() {}

    /** @throws IOException also if this is not a complete Parquet file */
    static ParquetMetadata read(SeekableByteChannel file) throws IOException {
        int magic = MAGIC.remaining();
        long size = file.size();
        if (size < 2L * magic + LENGTH_BYTES) {
            throw new IOException("not a complete Parquet file: it has only " + size + " bytes");
        }
        if (!read(file, 0, magic).equals(MAGIC)) {
            throw new IOException("not a Parquet file: it does not begin with PAR1");
        }
        ByteBuffer tail = read(file, size - magic - LENGTH_BYTES, LENGTH_BYTES + magic);
        int length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (!tail.equals(MAGIC)) {
            throw new IOException("not a complete Parquet file: it does not end with PAR1");
        }
        if (length <= 0 || length > size - 2L * magic - LENGTH_BYTES) {
            throw new IOException("not a complete Parquet file: a footer of " + length + " bytes does not fit into its "
                    + size + " bytes");
        }
        return parse(read(file, size - magic - LENGTH_BYTES - length, length));
    }

    private static ParquetMetadata parse(ByteBuffer footer) throws IOException {
        try {
            return new ParquetMetadataConverter()
                    .readParquetMetadata(new ByteArrayInputStream(footer.array()), ParquetMetadataConverter.NO_FILTER);
        } catch (IOException | RuntimeException e) {
            throw new IOException("not a Parquet file: its footer is damaged", e);
        }
    }

    private static ByteBuffer read(SeekableByteChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.position(position);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }
}
