package io.pagewalk.internal.schema.frame;

import java.util.Arrays;

/**
 * How the payloads of an export are framed. Bytes alone do not tell it, because the same ones are an id to Confluent's serializers and
 * another one to Apicurio's: it is found or given once, and pinned by its name.
 */
public enum FrameKind {
    /**
     * Confluent's: 0 and an id of 32 bits, or 1 and a GUID, before the payload or in the header {@code __value_schema_id}. Apicurio's
     * serializers write the same where ids are those of its API that is Confluent's, as they are from version 3 on.
     */
    CONFLUENT("confluent"),
    /** Apicurio's, where numbers before the payload are those of contents: 0 and 32 bits, or 64 of which the first 32 are 0. */
    APICURIO_CONTENT("apicurio-content"),
    /** Apicurio's, where numbers before the payload are global ones, as version 2 writes by default. */
    APICURIO_GLOBAL("apicurio-global"),
    /** Apicurio's, in headers alone. */
    APICURIO_HEADERS("apicurio-headers"),
    /** AWS Glue's: 3, how it is compressed, and the version's UUID. */
    GLUE("glue");

    private final String text;

    FrameKind(String text) {
        this.text = text;
    }

    /** Whether headers of Apicurio's say it, where a record has them. */
    boolean isApicurio() {
        return this == APICURIO_CONTENT || this == APICURIO_GLOBAL || this == APICURIO_HEADERS;
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
    public static FrameKind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of frame is called so"));
    }
}
