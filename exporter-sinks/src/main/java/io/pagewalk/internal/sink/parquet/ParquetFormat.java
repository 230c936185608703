package io.pagewalk.internal.sink.parquet;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.record.ByteView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileContent.Bounds;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files with one row a record. Columns are named as Spark's Kafka source names them; keys, values and header values
 * are binary, or annotated as text or JSON, or columns with parts, as the payload formats say. The footer carries the matching Avro
 * schema the way parquet-avro does, if no part is typed.
 */
public final class ParquetFormat implements FileFormat {
    /** How names of Parquet files end. */
    public static final String EXTENSION = ".parquet";

    private final PayloadFormats payloads;
    private final ParquetSettings settings;
    private final MessageType schema;

    public ParquetFormat(PayloadFormats payloads, ParquetSettings settings) {
        this.payloads = payloads;
        this.settings = settings;
        this.schema = Columns.schema(payloads, settings);
    }

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public Encoder encoder(OutputStream out) throws IOException {
        return new ParquetEncoder(out, payloads, schema, properties(), settings);
    }

    /** Made anew for each file, because its memory is one thread's. */
    private ParquetProperties properties() {
        return ParquetProperties.builder()
                .withAllocator(new SlabPool(settings.rowGroupBytes()))
                .build();
    }

    @Override
    public FileContent inspect(SeekableByteChannel file) throws IOException {
        ParquetMetadata footer = ParquetFooter.read(file);
        if (!footer.getFileMetaData().getSchema().equals(schema)) {
            throw new IOException("not a file of this export: its columns differ");
        }
        long records = 0;
        Bounds bounds = null;
        for (BlockMetaData rowGroup : footer.getBlocks()) {
            if (rowGroup.getRowCount() <= 0) {
                throw new IOException("not a Parquet file: its footer is damaged");
            }
            records += rowGroup.getRowCount();
            bounds = union(bounds, bounds(rowGroup));
        }
        return new FileContent(records, bounds);
    }

    @Override
    public void decode(SeekableByteChannel file, RecordHandler handler) throws IOException {
        // What the columns are read as depends on the schema, so that has to be right first.
        inspect(file);
        ParquetRecords.read(
                file, schema, settings.timestampUnit(), payloads, (record, key, value) -> handler.handle(record));
    }

    @Override
    public void decodeRows(SeekableByteChannel file, RowHandler handler) throws IOException {
        inspect(file);
        ParquetRecords.read(file, schema, settings.timestampUnit(), payloads, handler);
    }

    @Override
    public ByteView canonical(ByteView payload, PayloadFormat format) {
        return payload;
    }

    private Bounds bounds(BlockMetaData rowGroup) throws IOException {
        LongStatistics offsets = statistics(rowGroup, RecordColumns.OFFSET);
        LongStatistics timestamps = statistics(rowGroup, RecordColumns.TIMESTAMP);
        TimestampUnit unit = settings.timestampUnit();
        return new Bounds(
                offsets.getMin(),
                offsets.getMax(),
                unit.toMillis(timestamps.getMin()),
                unit.toMillis(timestamps.getMax()));
    }

    private LongStatistics statistics(BlockMetaData rowGroup, String name) throws IOException {
        for (ColumnChunkMetaData column : rowGroup.getColumns()) {
            if (column.getPath().size() == 1 && column.getPath().toDotString().equals(name)) {
                if (column.getCodec() != settings.compression().codec()) {
                    throw new IOException("not a file of this export: its compression is "
                            + ParquetCompression.nameOf(column.getCodec()) + ", not " + settings.compression());
                }
                if (column.getStatistics() instanceof LongStatistics longs && longs.hasNonNullValue()) {
                    return longs;
                }
            }
        }
        throw new IOException("not a file of this export: it lacks the bounds of the column " + name);
    }

    private static Bounds union(@Nullable Bounds a, Bounds b) {
        return a == null
                ? b
                : new Bounds(
                        Math.min(a.firstOffset(), b.firstOffset()),
                        Math.max(a.lastOffset(), b.lastOffset()),
                        Math.min(a.minTimestamp(), b.minTimestamp()),
                        Math.max(a.maxTimestamp(), b.maxTimestamp()));
    }
}
