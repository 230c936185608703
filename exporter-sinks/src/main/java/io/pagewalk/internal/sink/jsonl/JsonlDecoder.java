package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat.RowHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads records back from lines, strictly as {@link JsonlEncoder} writes them. Holds one line. */
final class JsonlDecoder {
    private static final byte[] KEY = "\",\"key\":".getBytes(US_ASCII);
    private static final byte[] VALUE = ",\"value\":".getBytes(US_ASCII);
    private static final byte[] HEADERS = ",\"headers\":[".getBytes(US_ASCII);
    private static final byte[] HEADER_KEY = "{\"key\":".getBytes(US_ASCII);
    private static final byte[] COMMA = ",".getBytes(US_ASCII);
    private static final byte[] QUOTE = "\"".getBytes(US_ASCII);
    private static final byte[] HEADER_END = "}".getBytes(US_ASCII);
    private static final byte[] LINE_END = "]}".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] KEY_IS_JSON_NULL = ",\"keyIsJsonNull\":true".getBytes(US_ASCII);
    private static final byte[] VALUE_IS_JSON_NULL = ",\"valueIsJsonNull\":true".getBytes(US_ASCII);

    private static final byte[] KEY_SCHEMA_ID = ",\"keySchemaId\":".getBytes(US_ASCII);
    private static final byte[] VALUE_SCHEMA_ID = ",\"valueSchemaId\":".getBytes(US_ASCII);

    private final LineReader line;
    private final PayloadFormats payloads;
    private final @Nullable RowParser typedKey;
    private final @Nullable RowParser typedValue;
    private final ReusableRecord record = new ReusableRecord();

    JsonlDecoder(InputStream in, PayloadFormats payloads) {
        this.line = new LineReader(in, payloads);
        this.payloads = payloads;
        this.typedKey = parser(payloads.key());
        this.typedValue = parser(payloads.value());
    }

    private @Nullable RowParser parser(PayloadFormat format) {
        TypedFormat typed = format.typed();
        return typed == null ? null : new RowParser(line, typed.layout());
    }

    void decode(RowHandler handler) throws IOException {
        while (line.next()) {
            RecordView next = record();
            handler.handle(
                    next, typedKey == null ? null : typedKey.row(), typedValue == null ? null : typedValue.row());
        }
    }

    private RecordView record() throws IOException {
        String topic = new String(line.untilQuote(), UTF_8);
        line.expect(JsonlInspector.PARTITION);
        long partition = line.number();
        line.check(partition >= 0 && partition <= Integer.MAX_VALUE);
        line.expect(JsonlInspector.OFFSET);
        long offset = line.number();
        line.check(offset >= 0);
        line.expect(JsonlInspector.TIMESTAMP);
        long timestamp = line.number();
        line.expect(JsonlInspector.TIMESTAMP_TYPE);
        TimestampType type = timestampType(new String(line.untilQuote(), UTF_8));
        record.begin(topic, (int) partition, offset, timestamp, type);
        line.expect(KEY);
        if (typedKey == null) {
            record.key(payload(payloads.key(), KEY_IS_JSON_NULL));
        } else {
            typedKey.read();
            line.expect(KEY_SCHEMA_ID);
            typedKey.readSchemaId();
        }
        line.expect(VALUE);
        if (typedValue == null) {
            record.value(payload(payloads.value(), VALUE_IS_JSON_NULL));
        } else {
            typedValue.read();
            line.expect(VALUE_SCHEMA_ID);
            typedValue.readSchemaId();
        }
        line.expect(HEADERS);
        headers();
        line.check(line.isAtEnd());
        return record.view();
    }

    private TimestampType timestampType(String name) throws IOException {
        TimestampType type = TimestampType.of(name);
        if (type == null) {
            throw new IOException("not a JSONL file of records: line " + line.line() + " has an unknown timestampType");
        }
        return type;
    }

    private void headers() throws IOException {
        if (line.skip(LINE_END)) {
            return;
        }
        do {
            line.expect(HEADER_KEY);
            byte[] key = line.string();
            line.expect(VALUE);
            record.header(key, payload(payloads.header(), VALUE_IS_JSON_NULL));
            line.expect(HEADER_END);
        } while (line.skip(COMMA));
        line.expect(LINE_END);
    }

    private byte @Nullable [] payload(PayloadFormat format, byte[] jsonNullMarker) throws IOException {
        return switch (format.form()) {
            case BYTES -> line.skip(NULL) ? null : base64();
            case TEXT -> line.skip(NULL) ? null : line.string();
            case JSON -> json(jsonNullMarker);
            case TYPED -> throw new IllegalStateException(format.name());
        };
    }

    private byte @Nullable [] json(byte[] jsonNullMarker) throws IOException {
        byte[] value = line.value();
        // Without the marker it is a tombstone, and a tombstone has no white space around it.
        return JsonScanner.isNull(value, 0, value.length) && !line.skip(jsonNullMarker) ? tombstone(value) : value;
    }

    private byte @Nullable [] tombstone(byte[] value) throws IOException {
        line.check(value.length == NULL.length);
        return null;
    }

    private byte[] base64() throws IOException {
        line.expect(QUOTE);
        byte[] text = line.untilQuote();
        line.expect(QUOTE);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "not a JSONL file of records: line " + line.line() + " has a payload that is not base64", e);
        }
    }
}
