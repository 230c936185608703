package io.pagewalk.internal.sink.parquet;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat.RowHandler;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads records back, column by column, and holds a row group. The counterpart of {@link RowGroup}. */
final class ParquetRecords {
    /** How deep a payload is defined below what it is part of. */
    private static final int PRESENT = 1;

    private static final byte[] NO_NAME = {};

    private final TimestampUnit timestampUnit;
    private final ColumnReader topic;
    private final ColumnReader partition;
    private final ColumnReader offset;
    private final ColumnReader timestamp;
    private final ColumnReader timestampType;
    private final @Nullable ColumnReader key;
    private final @Nullable ColumnReader value;
    private final @Nullable TypedRecords typedKey;
    private final @Nullable TypedRecords typedValue;
    private final ColumnReader headerKey;
    private final ColumnReader headerValue;
    private final ReusableRecord record = new ReusableRecord();

    private ParquetRecords(
            PageReadStore rowGroup,
            MessageType schema,
            TimestampUnit timestampUnit,
            PayloadFormats payloads,
            String createdBy) {
        this.timestampUnit = timestampUnit;
        ColumnReadStoreImpl columns = new ColumnReadStoreImpl(rowGroup, new NoConverter(), schema, createdBy);
        topic = column(columns, schema, RecordColumns.TOPIC);
        partition = column(columns, schema, RecordColumns.PARTITION);
        offset = column(columns, schema, RecordColumns.OFFSET);
        timestamp = column(columns, schema, RecordColumns.TIMESTAMP);
        timestampType = column(columns, schema, RecordColumns.TIMESTAMP_TYPE);
        TypedFormat keys = payloads.key().typed();
        TypedFormat values = payloads.value().typed();
        key = keys == null ? column(columns, schema, RecordColumns.KEY) : null;
        value = values == null ? column(columns, schema, RecordColumns.VALUE) : null;
        typedKey = keys == null
                ? null
                : new TypedRecords(columns, schema, RecordColumns.KEY, RecordColumns.KEY_SCHEMA_ID, keys.layout());
        typedValue = values == null
                ? null
                : new TypedRecords(
                        columns, schema, RecordColumns.VALUE, RecordColumns.VALUE_SCHEMA_ID, values.layout());
        headerKey = column(columns, schema, Columns.HEADER_KEY);
        headerValue = column(columns, schema, Columns.HEADER_VALUE);
    }

    private static ColumnReader column(ColumnReadStoreImpl columns, MessageType schema, String... path) {
        return columns.getColumnReader(schema.getColumnDescription(path));
    }

    /**
     * Reads a file.
     *
     * @throws IOException also if the file is damaged; what the handler throws is passed on
     */
    static void read(
            SeekableByteChannel file,
            MessageType schema,
            TimestampUnit timestampUnit,
            PayloadFormats payloads,
            RowHandler handler)
            throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .usePageChecksumVerification(true)
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new ChannelFile(file), options)) {
            String createdBy = reader.getFooter().getFileMetaData().getCreatedBy();
            for (PageReadStore rowGroup = next(reader); rowGroup != null; rowGroup = next(reader)) {
                ParquetRecords records = open(rowGroup, schema, timestampUnit, payloads, createdBy);
                for (long row = 0; row < rowGroup.getRowCount(); row++) {
                    RecordView record = records.next();
                    handler.handle(record, row(records.typedKey), row(records.typedValue));
                }
            }
        }
    }

    private static @Nullable PageReadStore next(ParquetFileReader reader) throws IOException {
        try {
            return reader.readNextRowGroup();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static ParquetRecords open(
            PageReadStore rowGroup,
            MessageType schema,
            TimestampUnit timestampUnit,
            PayloadFormats payloads,
            String createdBy)
            throws IOException {
        try {
            return new ParquetRecords(rowGroup, schema, timestampUnit, payloads, createdBy);
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private RecordView next() throws IOException {
        try {
            record.begin(
                            text(topic),
                            integer(partition),
                            number(offset),
                            timestampUnit.toMillis(number(timestamp)),
                            timestampType())
                    .key(key == null ? null : payload(key, 0))
                    .value(value == null ? null : payload(value, 0));
            if (typedKey != null) {
                typedKey.next();
            }
            if (typedValue != null) {
                typedValue.next();
            }
            headers();
            return record.view();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private static @Nullable TypedRow row(@Nullable TypedRecords part) {
        return part == null ? null : part.row();
    }

    private static IOException damaged(Exception cause) {
        return new IOException("not a Parquet file of records: its pages are damaged", cause);
    }

    private static String text(ColumnReader column) {
        String text = column.getBinary().toStringUsingUTF8();
        column.consume();
        return text;
    }

    private TimestampType timestampType() {
        TimestampType type = TimestampType.of(text(timestampType));
        if (type == null) {
            throw new IllegalStateException("unknown timestampType");
        }
        return type;
    }

    private static int integer(ColumnReader column) {
        int number = column.getInteger();
        column.consume();
        return number;
    }

    private static long number(ColumnReader column) {
        long number = column.getLong();
        column.consume();
        return number;
    }

    private static byte @Nullable [] payload(ColumnReader column, int parentDefinition) {
        byte[] payload = column.getCurrentDefinitionLevel() == parentDefinition + PRESENT
                ? column.getBinary().getBytes()
                : null;
        column.consume();
        return payload;
    }

    private void headers() {
        do {
            boolean present = headerKey.getCurrentDefinitionLevel() > 0;
            byte[] name = present ? headerKey.getBinary().getBytes() : NO_NAME;
            headerKey.consume();
            byte[] payload = payload(headerValue, PRESENT);
            if (present) {
                record.header(name, payload);
            }
        } while (headerKey.getCurrentRepetitionLevel() > 0);
    }
}
