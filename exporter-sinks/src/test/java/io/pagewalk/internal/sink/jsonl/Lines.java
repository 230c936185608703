package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.luben.zstd.ZstdInputStream;
import io.pagewalk.internal.sink.Row;
import io.pagewalk.internal.sink.Row.HeaderRow;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads lines with Jackson, and takes JSON payloads from them byte for byte. */
final class Lines {
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] line;
    private final JsonParser parser;
    private final PayloadFormats payloads;

    private Lines(byte[] line, PayloadFormats payloads) throws IOException {
        this.line = line;
        this.parser = JSON.createParser(line);
        this.payloads = payloads;
    }

    static byte[] decompress(byte[] file, JsonlCompression compression) throws IOException {
        InputStream in = new ByteArrayInputStream(file);
        try (InputStream lines = switch (compression) {
            case ZSTD -> new ZstdInputStream(in);
            case GZIP -> new GZIPInputStream(in);
            case NONE -> in;
        }) {
            return lines.readAllBytes();
        }
    }

    static List<Row> rows(byte[] text, PayloadFormats payloads) throws IOException {
        List<Row> rows = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                rows.add(new Lines(Arrays.copyOfRange(text, start, at), payloads).row());
                start = at + 1;
            }
        }
        if (start < text.length) {
            throw new IOException("the last line is not ended");
        }
        return rows;
    }

    private Row row() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT);
        name("topic");
        String topic = parser.nextTextValue();
        name("partition");
        int partition = parser.nextIntValue(-1);
        name("offset");
        long offset = parser.nextLongValue(-1);
        name("timestamp");
        long timestamp = parser.nextLongValue(-2);
        name("timestampType");
        String timestampType = parser.nextTextValue();
        name("key");
        String key = payload(payloads.key(), "keyIsJsonNull");
        require(parser.currentName().equals("value"));
        String value = payload(payloads.value(), "valueIsJsonNull");
        require(parser.currentName().equals("headers"));
        require(parser.nextToken() == JsonToken.START_ARRAY);
        List<HeaderRow> headers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken() == JsonToken.START_OBJECT);
            name("key");
            String headerKey = parser.nextTextValue();
            name("value");
            headers.add(new HeaderRow(headerKey, payload(payloads.header(), "valueIsJsonNull")));
            require(parser.currentToken() == JsonToken.END_OBJECT);
        }
        require(parser.nextToken() == JsonToken.END_OBJECT);
        require(parser.nextToken() == null);
        return new Row(topic, partition, offset, timestamp, timestampType, key, value, headers);
    }

    /** Reads a payload, its marker if there is one, and the token behind them. */
    private String payload(PayloadFormat format, String marker) throws IOException {
        JsonToken token = parser.nextToken();
        String payload = switch (format.form()) {
            case BYTES ->
                token == JsonToken.VALUE_NULL
                        ? null
                        : Row.text(Base64.getDecoder().decode(parser.getText()));
            case TEXT ->
                token == JsonToken.VALUE_NULL ? null : Row.text(parser.getText().getBytes(UTF_8));
            case TYPED -> throw new IllegalArgumentException("needs a schema");
            case JSON -> verbatim();
        };
        if (parser.nextToken() == JsonToken.FIELD_NAME && parser.currentName().equals(marker)) {
            require(token == JsonToken.VALUE_NULL && format.form() == PayloadFormat.Form.JSON);
            require(parser.nextToken() == JsonToken.VALUE_TRUE);
            parser.nextToken();
            return payload;
        }
        return token == JsonToken.VALUE_NULL ? null : payload;
    }

    private String verbatim() throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return Row.text(Arrays.copyOfRange(line, from, to));
    }

    private void name(String name) throws IOException {
        require(name.equals(parser.nextFieldName()));
    }

    private void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("unexpected " + parser.currentToken() + " " + parser.currentName() + " in "
                    + new String(line, UTF_8));
        }
    }
}
