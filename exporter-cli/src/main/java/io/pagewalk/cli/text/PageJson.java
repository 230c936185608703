package io.pagewalk.cli.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.cli.parse.PayloadChoice;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.run.FormatDetector;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as one JSON document, a record a line. Records have the fields of the JSONL files, and next to each key and value
 * how it was rendered.
 */
public final class PageJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final PayloadOptions formats;

    public PageJson(PayloadOptions formats) {
        this.formats = formats;
    }

    /**
     * Writes the page.
     *
     * @param next the token to go on with, or null if nothing remains
     * @throws FormatMismatchException if a record contradicts its format; nothing is written then
     */
    public void write(List<RecordView> records, @Nullable PageToken next, OutputStream out) throws IOException {
        records.forEach(this::check);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new RecordPerLine());
            json.writeStartObject();
            json.writeArrayFieldStart("records");
            for (RecordView record : records) {
                write(record, json);
            }
            json.writeEndArray();
            json.writeStringField("nextPageToken", next == null ? null : next.encode());
            json.writeNumberField("remaining", next == null ? 0 : next.remaining());
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void check(RecordView record) {
        check("key", record.key(), formats.keyFormat, record);
        check("value", record.value(), formats.valueFormat, record);
        for (int i = 0; i < record.headerCount(); i++) {
            check("value", record.header(i).value(), formats.headerFormat, record);
        }
    }

    private static void check(String name, @Nullable ByteView payload, PayloadChoice choice, RecordView record) {
        PayloadFormat format = choice.format();
        if (payload != null && format != null && !format.accepts(payload)) {
            throw new FormatMismatchException(record + ": its " + name + " or that of a header is not " + format
                    + "; let --key-format, --value-format or --header-format be auto");
        }
    }

    private void write(RecordView record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("topic", record.topic());
        json.writeNumberField("partition", record.partition());
        json.writeNumberField("offset", record.offset());
        json.writeNumberField("timestamp", record.timestamp());
        json.writeStringField("timestampType", record.timestampType().toString());
        write("key", record.key(), formats.keyFormat, json);
        write("value", record.value(), formats.valueFormat, json);
        json.writeArrayFieldStart("headers");
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            json.writeStartObject();
            json.writeStringField("key", header.key().toText());
            write("value", header.value(), formats.headerFormat, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(String name, @Nullable ByteView payload, PayloadChoice choice, JsonGenerator json)
            throws IOException {
        json.writeFieldName(name);
        if (payload == null) {
            json.writeNull();
            return;
        }
        PayloadFormat format = choice.format() == null ? detect(payload) : choice.format();
        switch (format.form()) {
            case BYTES -> json.writeBinary(payload.array(), payload.offset(), payload.length());
            case TEXT -> json.writeString(payload.toText());
            // Verbatim, on one line: between tokens line breaks mean nothing, within them there are none.
            case JSON -> {
                json.writeRawValue(payload.toText().replaceAll("[\r\n]", "").strip());
                if (JsonScanner.isNull(payload.array(), payload.offset(), payload.end())) {
                    json.writeBooleanField(name + "IsJsonNull", true);
                }
            }
        }
        json.writeStringField(name + "Format", format.name());
    }

    private static final class RecordPerLine extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            if (isInRecords(json)) {
                json.writeRaw('\n');
            }
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(isInRecords(json) ? ",\n" : ",");
        }

        @Override
        public void writeEndArray(JsonGenerator json, int records) throws IOException {
            json.writeRaw(records > 0 && isInRecords(json) ? "\n]" : "]");
        }

        /** The only array that stands directly in the document. */
        private static boolean isInRecords(JsonGenerator json) {
            return json.getOutputContext().getParent().getParent().inRoot();
        }
    }

    private static PayloadFormat detect(ByteView payload) {
        FormatDetector detector = new FormatDetector();
        detector.sample(payload);
        return detector.format();
    }
}
