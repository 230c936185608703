package io.pagewalk.internal.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
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
        ConsumerRecord<byte[], byte[]> record = letter.record();
        json.writeStartObject();
        json.writeStringField("topic", record.topic());
        json.writeNumberField("partition", record.partition());
        json.writeNumberField("offset", record.offset());
        json.writeNumberField("timestamp", record.timestamp());
        json.writeStringField("timestampType", record.timestampType().name);
        payload("key", record.key());
        payload("value", record.value());
        json.writeArrayFieldStart("headers");
        for (Header header : record.headers()) {
            json.writeStartObject();
            json.writeStringField("key", header.key());
            payload("value", header.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(ERROR_PART, letter.part());
        json.writeStringField(ERROR, letter.problem());
        json.writeEndObject();
    }

    private void payload(String name, byte @Nullable [] payload) throws IOException {
        json.writeFieldName(name);
        if (payload == null) {
            json.writeNull();
        } else {
            json.writeBinary(payload);
        }
    }

    void finish() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
