package io.pagewalk.internal.schema.registry;

/** What a {@link SchemaSource} says of a key, for sure. */
public sealed interface SchemaAnswer {
    /** This is what it means. */
    record Found(RegisteredSchema schema) implements SchemaAnswer {}

    /**
     * Nobody knows it; a moment later somebody may.
     *
     * @param missing what is missing, as messages name it: the key's schema, or one that this refers to
     */
    record Unknown(String missing) implements SchemaAnswer {}

    /**
     * It means something that cannot be used, and never will.
     *
     * @param reason why, in words that are the same each time
     */
    record Unusable(String reason) implements SchemaAnswer {}
}
