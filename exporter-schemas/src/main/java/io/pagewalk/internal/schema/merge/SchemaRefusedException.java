package io.pagewalk.internal.schema.merge;

/** There is no table for these schemas, or a schema is none. The message says why in one sentence. */
public final class SchemaRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a reason for people. */
    public SchemaRefusedException(String message) {
        super(message);
    }
}
