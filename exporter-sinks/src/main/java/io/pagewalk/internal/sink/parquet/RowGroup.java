package io.pagewalk.internal.sink.parquet;

import io.pagewalk.internal.sink.parquet.column.HeaderColumns;
import io.pagewalk.internal.sink.parquet.column.LongColumn;
import io.pagewalk.internal.sink.parquet.column.PartColumns;
import io.pagewalk.internal.sink.parquet.column.PayloadColumn;
import io.pagewalk.internal.sink.parquet.column.RunColumn;
import io.pagewalk.internal.sink.parquet.column.TypedColumns;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.payload.TypedPart;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Collects the records of one row group, column by column, and then those of the next. It needs no closing: it holds memory of the
 * heap alone.
 *
 * <p>Offsets and timestamps are packed deltas, and the only ones with partitions that have bounds: nobody filters by those of a
 * payload. Payloads are as they are, in pages of version 1: version 2 would bring delta byte arrays, which cost time and save
 * nothing under compression, and pages that not every engine reads.
 */
final class RowGroup {
    /** So that the columns of small values do not fall into tiny pages, nor grow with the row group alone. */
    private static final int MAX_PAGE_ROWS = 200_000;

    private final MessageType schema;
    private final ParquetProperties properties;
    private final BytesInputCompressor compressor;
    private final TimestampUnit timestampUnit;
    private final int fixedPageRows;

    private final RunColumn<String> topic;
    private final RunColumn<Integer> partition;
    private final LongColumn offset;
    private final LongColumn timestamp;
    private final RunColumn<String> timestampType;
    private final PartColumns key;
    private final PartColumns value;
    private final HeaderColumns headers;

    private ColumnChunkPageWriteStore pages;
    private Integer partitionNumber = -1;
    private long records;
    private int rowsOfFixedPage;

    /**
     * @param typedKey what was read last of it is added with each record; null if keys are not typed
     * @param typedValue likewise for values
     */
    RowGroup(
            MessageType schema,
            ParquetSettings settings,
            ParquetProperties properties,
            BytesInputCompressor compressor,
            @Nullable TypedPart typedKey,
            @Nullable TypedPart typedValue) {
        this.schema = schema;
        this.properties = properties;
        this.compressor = compressor;
        timestampUnit = settings.timestampUnit();
        int pageBytes = settings.pageBytes();
        fixedPageRows = Math.min(MAX_PAGE_ROWS, pageBytes / Long.BYTES);
        ByteBufferAllocator allocator = properties.getAllocator();
        topic = RunColumn.texts(column(RecordColumns.TOPIC));
        partition = RunColumn.numbers(column(RecordColumns.PARTITION));
        offset = new LongColumn(column(RecordColumns.OFFSET), pageBytes, allocator);
        timestamp = new LongColumn(column(RecordColumns.TIMESTAMP), pageBytes, allocator);
        timestampType = RunColumn.texts(column(RecordColumns.TIMESTAMP_TYPE));
        key = typedKey == null
                ? new PayloadColumn(column(RecordColumns.KEY), RecordView::key, pageBytes, MAX_PAGE_ROWS)
                : typed(typedKey, RecordColumns.KEY, RecordColumns.KEY_SCHEMA_ID, settings);
        value = typedValue == null
                ? new PayloadColumn(column(RecordColumns.VALUE), RecordView::value, pageBytes, MAX_PAGE_ROWS)
                : typed(typedValue, RecordColumns.VALUE, RecordColumns.VALUE_SCHEMA_ID, settings);
        headers = new HeaderColumns(column(Columns.HEADER_KEY), column(Columns.HEADER_VALUE), pageBytes, MAX_PAGE_ROWS);
        pages = begin();
    }

    private TypedColumns typed(TypedPart part, String name, String schemaId, ParquetSettings settings) {
        return new TypedColumns(
                part,
                Columns.leaves(schema, name),
                column(schemaId),
                settings.rowGroupBytes(),
                settings.pageBytes(),
                MAX_PAGE_ROWS);
    }

    private ColumnDescriptor column(String... path) {
        return schema.getColumnDescription(path);
    }

    private ColumnChunkPageWriteStore begin() {
        ColumnChunkPageWriteStore store = ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(column -> compressor)
                .withSchema(schema)
                .withAllocator(properties.getAllocator())
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .build();
        topic.begin(store);
        partition.begin(store);
        offset.begin(store);
        timestamp.begin(store);
        timestampType.begin(store);
        key.begin(store);
        value.begin(store);
        headers.begin(store);
        records = 0;
        return store;
    }

    /** Adds a record. Full pages are compressed on the way. */
    void add(RecordView record) throws IOException {
        if (rowsOfFixedPage == fixedPageRows) {
            endFixedPages();
        }
        rowsOfFixedPage++;
        topic.add(record.topic());
        if (record.partition() != partitionNumber) {
            partitionNumber = record.partition();
        }
        partition.add(partitionNumber);
        offset.add(record.offset());
        timestamp.add(timestampUnit.fromMillis(record.timestamp()));
        timestampType.add(record.timestampType().toString());
        key.add(record);
        value.add(record);
        headers.add(record);
        records++;
    }

    private void endFixedPages() throws IOException {
        topic.endPage();
        partition.endPage();
        offset.endPage();
        timestamp.endPage();
        timestampType.endPage();
        rowsOfFixedPage = 0;
    }

    boolean isEmpty() {
        return records == 0;
    }

    /** The bytes held: full pages as compressed, the last ones as they are. */
    long size() {
        return topic.size()
                + partition.size()
                + offset.size()
                + timestamp.size()
                + timestampType.size()
                + key.size()
                + value.size()
                + headers.size();
    }

    /** Ends the row group, and begins the next one. */
    void writeTo(ParquetFileWriter file) throws IOException {
        file.startBlock(records);
        endFixedPages();
        topic.finish();
        partition.finish();
        timestampType.finish();
        key.finish();
        value.finish();
        headers.finish();
        pages.flushToFileWriter(file);
        pages.close();
        file.endBlock();
        pages = begin();
    }
}
