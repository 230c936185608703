package io.pagewalk.schema;

import org.jspecify.annotations.Nullable;

/**
 * What a payload's schema is.
 *
 * @param id its id, as the payload has it; null if it has none, as all are of one schema
 * @param type {@code avro}, {@code protobuf} or {@code json-schema}; null if the schema is not known
 * @param name the full name of the Avro type or of the Protobuf message, or the title of the JSON Schema or else its subject; null if it is
 *     not known, or has none
 */
public record PayloadSchema(
        @Nullable String id,
        @Nullable String type,
        @Nullable String name) {}
