package io.pagewalk.internal.sink.parquet;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.TimestampType;
import java.io.IOException;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Collects the records of one row group, column by column. It needs no closing: it holds memory of the heap alone. */
final class RowGroup {
    private static final Binary CREATE_TIME = Binary.fromString(TimestampType.CREATE_TIME.toString());
    private static final Binary LOG_APPEND_TIME = Binary.fromString(TimestampType.LOG_APPEND_TIME.toString());
    private static final Binary NO_TIMESTAMP_TYPE = Binary.fromString(TimestampType.NO_TIMESTAMP_TYPE.toString());

    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore columns;

    private final TimestampUnit timestampUnit;
    private final ColumnWriter topic;
    private final ColumnWriter partition;
    private final ColumnWriter offset;
    private final ColumnWriter timestamp;
    private final ColumnWriter timestampType;
    private final ColumnWriter key;
    private final ColumnWriter value;
    private final ColumnWriter headerKey;
    private final ColumnWriter headerValue;

    private String topicName = "";
    private Binary topicText = Binary.EMPTY;
    private long records;

    RowGroup(
            MessageType schema,
            TimestampUnit timestampUnit,
            ParquetProperties properties,
            BytesInputCompressor compressor) {
        this.timestampUnit = timestampUnit;
        pages = ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(column -> compressor)
                .withSchema(schema)
                .withAllocator(properties.getAllocator())
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .build();
        columns = properties.newColumnWriteStore(schema, pages);
        topic = column(schema, Columns.TOPIC);
        partition = column(schema, Columns.PARTITION);
        offset = column(schema, Columns.OFFSET);
        timestamp = column(schema, Columns.TIMESTAMP);
        timestampType = column(schema, Columns.TIMESTAMP_TYPE);
        key = column(schema, Columns.KEY);
        value = column(schema, Columns.VALUE);
        headerKey = column(schema, Columns.HEADER_KEY);
        headerValue = column(schema, Columns.HEADER_VALUE);
    }

    private ColumnWriter column(MessageType schema, String... path) {
        return columns.getColumnWriter(schema.getColumnDescription(path));
    }

    /** Adds a record. Full pages are compressed on the way. */
    void add(RecordView record) {
        topic.write(topicText(record.topic()), 0, 0);
        partition.write(record.partition(), 0, 0);
        offset.write(record.offset(), 0, 0);
        timestamp.write(timestampUnit.fromMillis(record.timestamp()), 0, 0);
        timestampType.write(text(record.timestampType()), 0, 0);
        addPayload(key, record.key(), 0, 0);
        addPayload(value, record.value(), 0, 0);
        addHeaders(record);
        columns.endRecord();
        records++;
    }

    private static Binary text(TimestampType type) {
        return switch (type) {
            case CREATE_TIME -> CREATE_TIME;
            case LOG_APPEND_TIME -> LOG_APPEND_TIME;
            case NO_TIMESTAMP_TYPE -> NO_TIMESTAMP_TYPE;
        };
    }

    private Binary topicText(String name) {
        if (!name.equals(topicName)) {
            topicName = name;
            topicText = Binary.fromString(name);
        }
        return topicText;
    }

    private void addHeaders(RecordView record) {
        int headers = record.headerCount();
        for (int i = 0; i < headers; i++) {
            HeaderView header = record.header(i);
            int repetition = i == 0 ? 0 : 1;
            headerKey.write(binary(header.key()), repetition, 1);
            addPayload(headerValue, header.value(), repetition, 1);
        }
        if (headers == 0) {
            headerKey.writeNull(0, 0);
            headerValue.writeNull(0, 0);
        }
    }

    /** @param parentDefinition the definition level of what the optional payload is part of */
    private static void addPayload(
            ColumnWriter column, @Nullable ByteView payload, int repetition, int parentDefinition) {
        if (payload == null) {
            column.writeNull(repetition, parentDefinition);
        } else {
            column.write(binary(payload), repetition, parentDefinition + 1);
        }
    }

    private static Binary binary(ByteView bytes) {
        return Binary.fromReusedByteArray(bytes.array(), bytes.offset(), bytes.length());
    }

    boolean isEmpty() {
        return records == 0;
    }

    /** The bytes held: full pages as compressed, the last ones as they are. */
    long size() {
        return columns.getBufferedSize();
    }

    void writeTo(ParquetFileWriter file) throws IOException {
        file.startBlock(records);
        columns.flush();
        columns.close();
        pages.flushToFileWriter(file);
        pages.close();
        file.endBlock();
    }
}
