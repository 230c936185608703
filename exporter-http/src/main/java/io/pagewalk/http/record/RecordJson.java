package io.pagewalk.http.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A record as a JSON object with the fields of the JSONL files, and next to each key and value how it was rendered. A payload of which only
 * the first bytes are there has its size, and where all of it is. Confined to one thread.
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

    /** Writes a record that was {@linkplain PayloadChoices#check checked}, to a generator of UTF-8. */
    public void write(RecordView record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("topic", record.topic());
        json.writeNumberField("partition", record.partition());
        json.writeNumberField("offset", record.offset());
        json.writeNumberField("timestamp", record.timestamp());
        json.writeStringField("timestampType", record.timestampType().toString());
        write("key", record.key(), formats.key(), record, json);
        write("value", record.value(), formats.value(), record, json);
        json.writeArrayFieldStart("headers");
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            json.writeStartObject();
            ByteView headerKey = header.key();
            json.writeFieldName("key");
            json.writeUTF8String(headerKey.array(), headerKey.offset(), headerKey.length());
            write("value", header.value(), formats.header(), null, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(
            String name,
            @Nullable ByteView payload,
            PayloadChoice choice,
            @Nullable RecordView linked,
            JsonGenerator json)
            throws IOException {
        json.writeFieldName(name);
        if (payload == null) {
            json.writeNull();
            return;
        }
        PayloadChoices.Shown shown = PayloadChoices.shown(payload, choice);
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
        if (PayloadChoices.isCut(payload)) {
            json.writeNumberField(name + "Size", payload.fullLength());
            json.writeBooleanField(name + "IsCut", true);
            String link = linked == null ? null : links.of(linked, name);
            if (link != null) {
                json.writeStringField(name + "Link", link);
            }
        }
    }
}
