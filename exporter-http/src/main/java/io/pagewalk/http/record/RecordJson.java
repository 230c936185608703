package io.pagewalk.http.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadSchema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A record as a JSON object with the fields of the JSONL files, and next to each key and value how it was rendered, and by which schema, or
 * why not. A payload of which only the first bytes are there has its size, and where all of it is. Confined to one thread.
 */
public final class RecordJson {
    /** Tells where all of a payload is. */
    public interface Links {
        /** None. */
        Links NONE = (record, part) -> null;

        /**
         * Where to ask for it.
         *
         * @param part {@code key} or {@code value}
         * @return a path, or null if it cannot be had
         */
        @Nullable
        String of(RecordView record, String part);
    }

    private final PayloadChoices formats;
    private final Links links;
    private final RawJson raw = new RawJson();

    public RecordJson(PayloadChoices formats, Links links) {
        this.formats = formats;
        this.links = links;
    }

    /** Writes a record to a generator of UTF-8. */
    public void write(ShownRecord shown, JsonGenerator json) throws IOException {
        RecordView record = shown.record();
        json.writeStartObject();
        json.writeStringField("topic", record.topic());
        json.writeNumberField("partition", record.partition());
        json.writeNumberField("offset", record.offset());
        json.writeNumberField("timestamp", record.timestamp());
        json.writeStringField("timestampType", record.timestampType().toString());
        write("key", record.key(), formats.key(), shown.key(), record, json);
        write("value", record.value(), formats.value(), shown.value(), record, json);
        json.writeArrayFieldStart("headers");
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            json.writeStartObject();
            ByteView headerKey = header.key();
            json.writeFieldName("key");
            json.writeUTF8String(headerKey.array(), headerKey.offset(), headerKey.length());
            write("value", header.value(), formats.header(), null, null, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(
            String name,
            @Nullable ByteView payload,
            PayloadChoice choice,
            @Nullable DecodedPayload decoded,
            @Nullable RecordView linked,
            JsonGenerator json)
            throws IOException {
        json.writeFieldName(name);
        if (payload == null) {
            json.writeNull();
            return;
        }
        PayloadChoices.Shown shown =
                decoded == null ? PayloadChoices.shown(payload, choice) : PayloadChoices.shown(payload, decoded);
        ByteView bytes = shown.bytes();
        switch (shown.form()) {
            case BYTES, TYPED -> json.writeBinary(bytes.array(), bytes.offset(), bytes.length());
            case TEXT -> json.writeUTF8String(bytes.array(), bytes.offset(), bytes.length());
            case JSON -> {
                json.writeRawValue(raw.of(bytes));
                if (JsonScanner.isNull(bytes.array(), bytes.offset(), bytes.end())) {
                    json.writeBooleanField(name + "IsJsonNull", true);
                }
            }
        }
        json.writeStringField(name + "Format", shown.format());
        if (decoded != null) {
            write(name, decoded, json);
        }
        if (PayloadChoices.isCut(payload)) {
            json.writeNumberField(name + "Size", payload.fullLength());
            json.writeBooleanField(name + "IsCut", true);
            String link = linked == null ? null : links.of(linked, name);
            if (link != null) {
                json.writeStringField(name + "Link", link);
            }
        }
    }

    private static void write(String name, DecodedPayload decoded, JsonGenerator json) throws IOException {
        PayloadSchema schema = decoded.schema();
        if (schema != null) {
            json.writeObjectFieldStart(name + "Schema");
            writeIfThere("id", schema.id(), json);
            writeIfThere("type", schema.type(), json);
            writeIfThere("name", schema.name(), json);
            json.writeEndObject();
        }
        if (decoded.json() == null) {
            json.writeObjectFieldStart(name + "Error");
            json.writeStringField("reason", decoded.reason());
            writeIfThere("path", decoded.path().isEmpty() ? null : decoded.path(), json);
            json.writeEndObject();
        }
    }

    private static void writeIfThere(String name, @Nullable String text, JsonGenerator json) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
