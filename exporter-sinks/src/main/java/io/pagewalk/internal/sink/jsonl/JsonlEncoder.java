package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.sink.json.JsonWriter;
import io.pagewalk.internal.sink.json.RowWriter;
import io.pagewalk.payload.KeptHeaders;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedPart;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes one line a record, straight from the record's views. */
final class JsonlEncoder implements FileFormat.Encoder {
    private static final byte[] CREATE_TIME = timestampTypeAndKey(TimestampType.CREATE_TIME);
    private static final byte[] LOG_APPEND_TIME = timestampTypeAndKey(TimestampType.LOG_APPEND_TIME);
    private static final byte[] NO_TIMESTAMP_TYPE = timestampTypeAndKey(TimestampType.NO_TIMESTAMP_TYPE);
    private static final byte[] TIMESTAMP = utf8(",\"timestamp\":");
    private static final byte[] VALUE = utf8(",\"value\":");
    private static final byte[] HEADERS = utf8(",\"headers\":[");
    private static final byte[] HEADER_KEY = utf8("{\"key\":");
    private static final byte[] NEXT_HEADER_KEY = utf8(",{\"key\":");
    private static final byte[] HEADER_END = utf8("}");
    private static final byte[] RECORD_END = utf8("]}");
    private static final byte[] LINE_FEED = utf8("\n");
    private static final byte[] NULL = utf8("null");
    private static final byte[] KEY_IS_JSON_NULL = utf8(",\"keyIsJsonNull\":true");
    private static final byte[] VALUE_IS_JSON_NULL = utf8(",\"valueIsJsonNull\":true");

    private static final byte[] KEY_SCHEMA_ID = utf8(",\"keySchemaId\":");
    private static final byte[] VALUE_SCHEMA_ID = utf8(",\"valueSchemaId\":");

    private final PayloadFormats payloads;
    private final KeptHeaders keptHeaders;
    private final FrameWriter frame;
    private final JsonWriter json;
    private final @Nullable TypedPart typedKey;
    private final @Nullable TypedPart typedValue;
    private final @Nullable RowWriter keyRows;
    private final @Nullable RowWriter valueRows;

    private String topic = "";
    private int partition = -1;
    /** Ends the line before and begins this one, so that no piece of a file but its last ends with a line. */
    private byte[] lineStart = {};

    private int lineBreaksOfKey;
    private int lineBreaksOfValue;
    private int[] lineBreaksOfHeaders = {};

    private boolean anyLine;
    /** False from the moment a record or the end did not make it into the file. */
    private boolean intact = true;

    JsonlEncoder(PayloadFormats payloads, FrameWriter frame) {
        this.payloads = payloads;
        this.keptHeaders = new KeptHeaders(payloads);
        this.frame = frame;
        this.json = new JsonWriter(frame);
        this.typedKey = TypedPart.ofKey(payloads);
        this.typedValue = TypedPart.ofValue(payloads);
        this.keyRows = typedKey == null ? null : new RowWriter(typedKey.layout(), json);
        this.valueRows = typedValue == null ? null : new RowWriter(typedValue.layout(), json);
    }

    @Override
    public void write(RecordView record) throws IOException {
        RecordView kept = keptHeaders.of(record);
        look(kept);
        readTyped(record);
        begin();
        if (record.partition() != partition || !record.topic().equals(topic)) {
            topic = record.topic();
            partition = record.partition();
            lineStart = utf8("\n{\"topic\":\"" + topic + "\",\"partition\":" + partition + ",\"offset\":");
        }
        json.raw(lineStart, anyLine ? 0 : 1, lineStart.length);
        anyLine = true;
        json.number(record.offset());
        json.raw(TIMESTAMP);
        json.number(record.timestamp());
        json.raw(timestampTypeAndKey(record));
        if (typedKey == null || keyRows == null) {
            payload(record.key(), payloads.key(), lineBreaksOfKey, KEY_IS_JSON_NULL);
        } else {
            keyRows.write(typedKey.row().events());
            json.raw(KEY_SCHEMA_ID);
            schemaId(typedKey.row());
        }
        json.raw(VALUE);
        if (typedValue == null || valueRows == null) {
            payload(record.value(), payloads.value(), lineBreaksOfValue, VALUE_IS_JSON_NULL);
        } else {
            valueRows.write(typedValue.row().events());
            json.raw(VALUE_SCHEMA_ID);
            schemaId(typedValue.row());
        }
        headers(kept);
        json.raw(RECORD_END);
        intact = true;
    }

    private void headers(RecordView record) throws IOException {
        json.raw(HEADERS);
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            ByteView name = header.key();
            json.raw(i == 0 ? HEADER_KEY : NEXT_HEADER_KEY);
            json.string(name.array(), name.offset(), name.end());
            json.raw(VALUE);
            payload(header.value(), payloads.header(), lineBreaksOfHeaders[i], VALUE_IS_JSON_NULL);
            json.raw(HEADER_END);
        }
    }

    /** Before anything is written, so that a file has nothing of a record that does not fit. */
    private void look(RecordView record) {
        lineBreaksOfKey = lineBreaks(record.key(), payloads.key());
        if (lineBreaksOfKey == PayloadFormat.REFUSED) {
            throw payloads.keyMismatch(record);
        }
        lineBreaksOfValue = lineBreaks(record.value(), payloads.value());
        if (lineBreaksOfValue == PayloadFormat.REFUSED) {
            throw payloads.valueMismatch(record);
        }
        int headers = record.headerCount();
        if (lineBreaksOfHeaders.length < headers) {
            lineBreaksOfHeaders = new int[headers];
        }
        for (int i = 0; i < headers; i++) {
            lineBreaksOfHeaders[i] = lineBreaks(record.header(i).value(), payloads.header());
            if (lineBreaksOfHeaders[i] == PayloadFormat.REFUSED) {
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

    /** How many line breaks of a JSON text must not get into the file; {@link PayloadFormat#REFUSED} if it does not fit. */
    private static int lineBreaks(@Nullable ByteView payload, PayloadFormat format) {
        return payload == null ? 0 : format.check(payload);
    }

    @Override
    public void finish() throws IOException {
        begin();
        if (anyLine) {
            json.raw(LINE_FEED);
        }
        json.flush();
        frame.finish();
    }

    @Override
    public void close() throws IOException {
        frame.close();
    }

    private void begin() {
        if (!intact) {
            throw new IllegalStateException("the file lacks what an earlier call failed to write, or is finished");
        }
        intact = false;
    }

    private void payload(@Nullable ByteView payload, PayloadFormat format, int lineBreaks, byte[] jsonNullMarker)
            throws IOException {
        if (payload == null) {
            json.raw(NULL);
            return;
        }
        switch (format.form()) {
            case BYTES -> json.base64(payload.array(), payload.offset(), payload.end());
            case TEXT -> json.string(payload.array(), payload.offset(), payload.end());
            case JSON -> json(payload, lineBreaks, jsonNullMarker);
            case TYPED -> throw new IllegalStateException(format.name());
        }
    }

    private void schemaId(TypedRow row) throws IOException {
        ByteView id = row.schemaId();
        if (id == null) {
            json.raw(NULL);
        } else {
            json.string(id.array(), id.offset(), id.end());
        }
    }

    private void json(ByteView payload, int lineBreaks, byte[] jsonNullMarker) throws IOException {
        if (lineBreaks == 0) {
            json.raw(payload.array(), payload.offset(), payload.end());
        } else {
            json.rawWithoutLineBreaks(payload.array(), payload.offset(), payload.end());
        }
        if (JsonScanner.isNull(payload.array(), payload.offset(), payload.end())) {
            json.raw(jsonNullMarker);
        }
    }

    private static byte[] timestampTypeAndKey(RecordView record) {
        return switch (record.timestampType()) {
            case CREATE_TIME -> CREATE_TIME;
            case LOG_APPEND_TIME -> LOG_APPEND_TIME;
            case NO_TIMESTAMP_TYPE -> NO_TIMESTAMP_TYPE;
        };
    }

    private static byte[] timestampTypeAndKey(TimestampType type) {
        return utf8(",\"timestampType\":\"" + type + "\",\"key\":");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
