package io.pagewalk.http.record;

import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import org.jspecify.annotations.Nullable;

/**
 * A record that can be shown as it was asked for.
 *
 * @param record as it was read
 * @param key its key by its schema; null if it is not taken for one that has a schema
 * @param value its value; likewise
 */
public record ShownRecord(
        RecordView record,
        @Nullable DecodedPayload key,
        @Nullable DecodedPayload value) {}
