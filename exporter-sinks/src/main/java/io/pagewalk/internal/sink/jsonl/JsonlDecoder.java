package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
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

    private final LineReader line;
    private final PayloadFormats payloads;

    JsonlDecoder(InputStream in, PayloadFormats payloads) {
        this.line = new LineReader(in);
        this.payloads = payloads;
    }

    void decode(RecordHandler handler) throws IOException {
        while (line.next()) {
            handler.handle(record());
        }
    }

    private ConsumerRecord<byte[], byte[]> record() throws IOException {
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
        line.expect(KEY);
        byte[] key = payload(payloads.key(), KEY_IS_JSON_NULL);
        line.expect(VALUE);
        byte[] value = payload(payloads.value(), VALUE_IS_JSON_NULL);
        line.expect(HEADERS);
        RecordHeaders headers = headers();
        line.check(line.isAtEnd());
        return new ConsumerRecord<>(
                topic,
                (int) partition,
                offset,
                timestamp,
                type,
                length(key),
                length(value),
                key,
                value,
                headers,
                Optional.empty());
    }

    private TimestampType timestampType(String name) throws IOException {
        for (TimestampType type : TimestampType.values()) {
            if (type.name.equals(name)) {
                return type;
            }
        }
        throw new IOException("not a JSONL file of records: line " + line.line() + " has an unknown timestampType");
    }

    private RecordHeaders headers() throws IOException {
        RecordHeaders headers = new RecordHeaders();
        if (line.skip(LINE_END)) {
            return headers;
        }
        do {
            line.expect(HEADER_KEY);
            String key = new String(line.string(), UTF_8);
            line.expect(VALUE);
            headers.add(key, payload(payloads.header(), VALUE_IS_JSON_NULL));
            line.expect(HEADER_END);
        } while (line.skip(COMMA));
        line.expect(LINE_END);
        return headers;
    }

    private byte @Nullable [] payload(PayloadFormat format, byte[] jsonNullMarker) throws IOException {
        if (format == PayloadFormat.JSON) {
            byte[] value = line.value();
            // Without the marker it is a tombstone, and a tombstone has no white space around it.
            return JsonScanner.isNull(value) && !line.skip(jsonNullMarker) ? tombstone(value) : value;
        }
        if (line.skip(NULL)) {
            return null;
        }
        return format == PayloadFormat.STRING ? line.string() : base64();
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

    private static int length(byte @Nullable [] payload) {
        return payload == null ? ConsumerRecord.NULL_SIZE : payload.length;
    }
}
