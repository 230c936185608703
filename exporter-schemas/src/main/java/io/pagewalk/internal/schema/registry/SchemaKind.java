package io.pagewalk.internal.schema.registry;

import java.util.Arrays;
import java.util.Optional;

/** What language a schema is in. */
public enum SchemaKind {
    AVRO("avro", "AVRO"),
    PROTOBUF("protobuf", "PROTOBUF"),
    JSON_SCHEMA("json-schema", "JSON");

    private final String text;
    private final String ofRegistries;

    SchemaKind(String text, String ofRegistries) {
        this.text = text;
        this.ofRegistries = ofRegistries;
    }

    /** The name that is pinned. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SchemaKind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of schema is called so"));
    }

    /** The kind that a registry's word means, if it is one of these. */
    public static Optional<SchemaKind> ofRegistry(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.ofRegistries.equals(word))
                .findFirst();
    }
}
