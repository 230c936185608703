package io.pagewalk.http.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Records as the lines of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe. A payload that
 * is null is an empty cell, one that is empty an empty text in quotes.
 */
public final class RecordCsv {
    /** The first line. */
    public static final String HEADER =
            "topic,partition,offset,timestamp,timestampType,key,keyFormat,value,valueFormat,valueSize,headers\r\n";

    private static final JsonFactory JSON = new JsonFactory();

    private final PayloadChoices formats;

    public RecordCsv(PayloadChoices formats) {
        this.formats = formats;
    }

    /** Writes a line. */
    public void write(ShownRecord shown, Writer out) throws IOException {
        RecordView record = shown.record();
        // It needs no quotes, unless it is called like a formula.
        out.write(record.topic().startsWith("-") ? quoted(record.topic()) : record.topic());
        out.write(',');
        out.write(Integer.toString(record.partition()));
        out.write(',');
        out.write(Long.toString(record.offset()));
        out.write(',');
        out.write(Long.toString(record.timestamp()));
        out.write(',');
        out.write(record.timestampType().toString());
        write(record.key(), formats.key(), shown.key(), out);
        write(record.value(), formats.value(), shown.value(), out);
        out.write(',');
        ByteView value = record.value();
        out.write(value == null ? "" : Integer.toString(value.fullLength()));
        out.write(',');
        out.write(record.headerCount() == 0 ? "" : quoted(headers(record)));
        out.write("\r\n");
    }

    private static void write(
            @Nullable ByteView payload, PayloadChoice choice, @Nullable DecodedPayload decoded, Writer out)
            throws IOException {
        if (payload == null) {
            out.write(",,");
            return;
        }
        PayloadChoices.Shown shown =
                decoded == null ? PayloadChoices.shown(payload, choice) : PayloadChoices.shown(payload, decoded);
        ByteView bytes = shown.bytes();
        out.write(',');
        out.write(quoted(
                switch (shown.form()) {
                    case BYTES, TYPED -> Base64.getEncoder().encodeToString(bytes.toBytes());
                    case TEXT, JSON -> bytes.toText();
                }));
        out.write(',');
        out.write(shown.format());
    }

    private static String quoted(String text) {
        String cell = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private String headers(RecordView record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (int i = 0; i < record.headerCount(); i++) {
                HeaderView header = record.header(i);
                json.writeStartObject();
                json.writeStringField("key", header.key().toText());
                ByteView value = header.value();
                json.writeFieldName("value");
                if (value == null) {
                    json.writeNull();
                } else {
                    PayloadChoices.Shown shown = PayloadChoices.shown(value, formats.header());
                    switch (shown.form()) {
                        case BYTES, TYPED -> json.writeBinary(shown.bytes().toBytes());
                        case TEXT, JSON -> json.writeString(shown.bytes().toText());
                    }
                    json.writeStringField("valueFormat", shown.format());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
