package io.pagewalk.internal.sink.parquet;

import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.SliceReader.RecordHandler;
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
    private final ColumnReader key;
    private final ColumnReader value;
    private final ColumnReader headerKey;
    private final ColumnReader headerValue;
    private final ReusableRecord record = new ReusableRecord();

    private ParquetRecords(PageReadStore rowGroup, MessageType schema, TimestampUnit timestampUnit, String createdBy) {
        this.timestampUnit = timestampUnit;
        ColumnReadStoreImpl columns = new ColumnReadStoreImpl(rowGroup, new NoConverter(), schema, createdBy);
        topic = column(columns, schema, Columns.TOPIC);
        partition = column(columns, schema, Columns.PARTITION);
        offset = column(columns, schema, Columns.OFFSET);
        timestamp = column(columns, schema, Columns.TIMESTAMP);
        timestampType = column(columns, schema, Columns.TIMESTAMP_TYPE);
        key = column(columns, schema, Columns.KEY);
        value = column(columns, schema, Columns.VALUE);
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
    static void read(SeekableByteChannel file, MessageType schema, TimestampUnit timestampUnit, RecordHandler handler)
            throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .usePageChecksumVerification(true)
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new ChannelFile(file), options)) {
            String createdBy = reader.getFooter().getFileMetaData().getCreatedBy();
            for (PageReadStore rowGroup = next(reader); rowGroup != null; rowGroup = next(reader)) {
                ParquetRecords records = open(rowGroup, schema, timestampUnit, createdBy);
                for (long row = 0; row < rowGroup.getRowCount(); row++) {
                    handler.handle(records.next());
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
            PageReadStore rowGroup, MessageType schema, TimestampUnit timestampUnit, String createdBy)
            throws IOException {
        try {
            return new ParquetRecords(rowGroup, schema, timestampUnit, createdBy);
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
                    .key(payload(key, 0))
                    .value(payload(value, 0));
            headers();
            return record.view();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
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
