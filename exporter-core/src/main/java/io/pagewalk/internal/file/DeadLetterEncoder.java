package io.pagewalk.internal.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A line a record, laid out as JSONL data files are whose payloads are bytes, and behind that why it is here. */
final class DeadLetterEncoder {
    static final String ERROR_PART = "errorPart";
    static final String ERROR = "error";

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("\n").build();

    private final JsonGenerator json;

    DeadLetterEncoder(OutputStream out) throws IOException {
        json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    void write(DeadLetter letter) throws IOException {
        RecordView record = letter.record();
        json.writeStartObject();
        json.writeStringField("topic", record.topic());
        json.writeNumberField("partition", record.partition());
        json.writeNumberField("offset", record.offset());
        json.writeNumberField("timestamp", record.timestamp());
        json.writeStringField("timestampType", record.timestampType().toString());
        payload("key", record.key());
        payload("value", record.value());
        json.writeArrayFieldStart("headers");
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            json.writeStartObject();
            json.writeStringField("key", header.key().toText());
            payload("value", header.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(ERROR_PART, letter.part());
        json.writeStringField(ERROR, letter.problem());
        json.writeEndObject();
    }

    private void payload(String name, @Nullable ByteView payload) throws IOException {
        json.writeFieldName(name);
        if (payload == null) {
            json.writeNull();
        } else {
            json.writeBinary(payload.array(), payload.offset(), payload.length());
        }
    }

    void finish() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
