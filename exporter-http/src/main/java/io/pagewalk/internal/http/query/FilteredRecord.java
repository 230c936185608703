package io.pagewalk.internal.http.query;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadDecoder;
import org.jspecify.annotations.Nullable;

/** A record that conditions look at. A payload is read by its schema when the first of them asks for that. Confined to one thread. */
final class FilteredRecord {
    private final RecordView record;
    private final PayloadDecoder decoder;
    private @Nullable DecodedPayload key;
    private @Nullable DecodedPayload value;
    private boolean keyRead;
    private boolean valueRead;

    FilteredRecord(RecordView record, PayloadDecoder decoder) {
        this.record = record;
        this.decoder = decoder;
    }

    RecordView record() {
        return record;
    }

    /** Its key as JSON; null if it has no schema, or could not be read by it. */
    @Nullable
    ByteView decodedKey() {
        if (!keyRead) {
            key = decoder.key(record);
            keyRead = true;
        }
        return key == null ? null : key.json();
    }

    /** Its value; likewise. */
    @Nullable
    ByteView decodedValue() {
        if (!valueRead) {
            value = decoder.value(record);
            valueRead = true;
        }
        return value == null ? null : value.json();
    }
}
