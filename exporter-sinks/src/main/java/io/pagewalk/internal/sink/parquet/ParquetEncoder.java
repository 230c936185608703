package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.payload.KeptHeaders;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedPart;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes one Parquet file. Holds one row group in memory: its size is looked at often enough that it exceeds the limit by a
 * page and a record at most, however sizes vary.
 */
final class ParquetEncoder implements FileFormat.Encoder {
    /** What a record takes besides its payloads, roughly: it keeps empty records from never being looked at. */
    private static final int RECORD_OVERHEAD = 32;

    private static final int EVENT_BYTES = 4;
    /** A look at the row group's size is one at each leaf: where there are thousands, it is made less often. */
    private static final int LEAF_BYTES = 256;

    private final PayloadFormats payloads;
    private final KeptHeaders keptHeaders;
    private final ParquetSettings settings;
    private final BytesInputCompressor compressor;
    private final ParquetFileWriter file;
    private final RowGroup rowGroup;
    private final @Nullable TypedPart typedKey;
    private final @Nullable TypedPart typedValue;

    private final long bytesBetweenLooks;
    private long bytesSinceLook;
    private boolean intact = true;
    private boolean closed;

    ParquetEncoder(
            OutputStream out,
            PayloadFormats payloads,
            MessageType schema,
            ParquetProperties properties,
            ParquetSettings settings)
            throws IOException {
        this.payloads = payloads;
        this.keptHeaders = new KeptHeaders(payloads);
        this.settings = settings;
        file = new ParquetFileWriter(
                new StreamFile(out),
                schema,
                ParquetFileWriter.Mode.CREATE,
                settings.rowGroupBytes(),
                0,
                null,
                properties);
        file.start();
        compressor = PageCompressor.of(settings);
        typedKey = TypedPart.ofKey(payloads);
        typedValue = TypedPart.ofValue(payloads);
        bytesBetweenLooks = Math.max(
                settings.pageBytes() / 4,
                Math.min(settings.rowGroupBytes() / 8, LEAF_BYTES * (leavesOf(typedKey) + leavesOf(typedValue))));
        rowGroup = new RowGroup(schema, settings, properties, compressor, typedKey, typedValue);
    }

    @Override
    public void write(RecordView record) throws IOException {
        RecordView kept = keptHeaders.of(record);
        checkTimestamp(record);
        checkFormats(kept);
        readTyped(record);
        begin();
        rowGroup.add(kept);
        bytesSinceLook += RECORD_OVERHEAD + record.size() + bytesOf(typedKey) + bytesOf(typedValue);
        if (bytesSinceLook >= bytesBetweenLooks) {
            bytesSinceLook = 0;
            if (rowGroup.size() >= settings.rowGroupBytes()) {
                rowGroup.writeTo(file);
            }
        }
        intact = true;
    }

    private void checkTimestamp(RecordView record) {
        TimestampUnit unit = settings.timestampUnit();
        if (!unit.fits(record.timestamp())) {
            throw new BadRecordException(
                    BadRecordException.Part.TIMESTAMP,
                    "does not fit into " + unit,
                    record + ": the timestamp, "
                            + record.timestamp() + " ms, does not fit into " + unit
                            + " (any one fits into " + TimestampUnit.MILLIS + ")");
        }
    }

    private void checkFormats(RecordView record) {
        if (contradicts(payloads.key(), record.key())) {
            throw payloads.keyMismatch(record);
        }
        if (contradicts(payloads.value(), record.value())) {
            throw payloads.valueMismatch(record);
        }
        for (int i = 0; i < record.headerCount(); i++) {
            if (contradicts(payloads.header(), record.header(i).value())) {
                throw payloads.headerMismatch(record);
            }
        }
    }

    private void readTyped(RecordView record) {
        if (typedKey != null) {
            typedKey.read(record);
        }
        if (typedValue != null) {
            typedValue.read(record);
        }
    }

    private static int leavesOf(@Nullable TypedPart part) {
        return part == null ? 0 : part.layout().leaves().size();
    }

    /** What its values can take besides the bytes of the payload. */
    private static long bytesOf(@Nullable TypedPart part) {
        return part == null ? 0 : (long) EVENT_BYTES * part.row().events().count();
    }

    private static boolean contradicts(PayloadFormat format, @Nullable ByteView payload) {
        return payload != null && !format.accepts(payload);
    }

    @Override
    public void finish() throws IOException {
        begin();
        if (!rowGroup.isEmpty()) {
            rowGroup.writeTo(file);
        }
        file.end(Columns.metadata(payloads, settings.timestampUnit()));
    }

    /** Until the call that begins here has succeeded, the file is not what was asked for, and must not be finished. */
    private void begin() {
        if (!intact || closed) {
            throw new IllegalStateException("the file was finished, closed, or failed before");
        }
        intact = false;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            compressor.release();
            file.abort();
            file.close();
        }
    }
}
