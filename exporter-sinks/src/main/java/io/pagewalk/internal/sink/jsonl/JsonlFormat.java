package io.pagewalk.internal.sink.jsonl;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/**
 * JSONL files, also known as newline-delimited JSON: UTF-8, one line a record, each ended by a line feed. Members always come
 * in this order, without white space around them:
 *
 * <pre>{@code
 * {"topic":"orders","partition":3,"offset":17,"timestamp":1767225600000,"timestampType":"CreateTime",
 *  "key":"a","value":{"id":1},"headers":[{"key":"trace","value":"x"}]}
 * }</pre>
 *
 * <p>The timestamp is in milliseconds since the epoch, or -1 if the record has none. Headers keep their order and their
 * duplicates. A key, a value or a header value that is null is {@code null}; otherwise it is written in the form of its pinned format:
 *
 * <ul>
 *   <li>bytes: a string in base64 (RFC 4648, section 4, with padding);
 *   <li>text: a string, with only those characters escaped that JSON wants escaped;
 *   <li>JSON: the JSON text itself as it was produced, byte for byte, save the line breaks between its tokens. Where the text
 *       is the literal null, a marker right behind it tells it from a tombstone: {@code "value":null,"valueIsJsonNull":true},
 *       {@code "key":null,"keyIsJsonNull":true}, and {@code "valueIsJsonNull"} likewise within a header. Nowhere else is
 *       there a marker;
 *   <li>typed: as the column's parts are. Structs are objects that have all their members in the column's order, lists are arrays,
 *       maps are objects, and what is not there is null. Numbers are numbers, but NaN and the infinities are the strings {@code
 *       "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. Decimals are strings with all digits of their scale, bytes are in base64,
 *       dates are {@code "2026-01-31"}, timestamps {@code "2026-01-31T12:34:56.789Z"} with the digits of their unit, without the Z
 *       if they are local. JSON texts stand as they are, save their line breaks; no marker tells null from null. A member {@code
 *       "keySchemaId"} or {@code "valueSchemaId"} follows: a string, or null.
 * </ul>
 */
public final class JsonlFormat implements FileFormat {
    private final PayloadFormats payloads;
    private final JsonlSettings settings;

    public JsonlFormat(PayloadFormats payloads, JsonlSettings settings) {
        this.payloads = payloads;
        this.settings = settings;
    }

    @Override
    public String extension() {
        return settings.compression().extension();
    }

    @Override
    public Encoder encoder(OutputStream out) throws IOException {
        return new JsonlEncoder(payloads, FrameWriter.open(settings, out));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads all of the file, checks every line, and holds the longest in memory.
     */
    @Override
    public FileContent inspect(SeekableByteChannel file) throws IOException {
        try (InputStream lines = FrameReader.open(settings.compression(), file)) {
            return new JsonlInspector(lines, payloads).inspect();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Holds the longest line in memory.
     */
    @Override
    public void decode(SeekableByteChannel file, RecordHandler handler) throws IOException {
        try (InputStream lines = FrameReader.open(settings.compression(), file)) {
            new JsonlDecoder(lines, payloads).decode((record, key, value) -> handler.handle(record));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Holds the longest line in memory.
     */
    @Override
    public void decodeRows(SeekableByteChannel file, RowHandler handler) throws IOException {
        try (InputStream lines = FrameReader.open(settings.compression(), file)) {
            new JsonlDecoder(lines, payloads).decode(handler);
        }
    }

    /** Line breaks of JSON payloads are not written. */
    @Override
    public ByteView canonical(ByteView payload, PayloadFormat format) {
        return switch (format.form()) {
            case BYTES, TEXT, TYPED -> payload;
            case JSON -> format.check(payload) > 0 ? withoutLineBreaks(payload) : payload;
        };
    }

    private static ByteView withoutLineBreaks(ByteView payload) {
        byte[] text = payload.array();
        int end = payload.end();
        byte[] kept = new byte[payload.length()];
        int length = 0;
        for (int at = payload.offset(); at < end; at++) {
            byte b = text[at];
            if (b != '\n' && b != '\r') {
                kept[length++] = b;
            }
        }
        return ByteView.of(kept, 0, length);
    }
}
