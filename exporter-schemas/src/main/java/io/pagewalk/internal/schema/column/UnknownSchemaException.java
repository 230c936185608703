package io.pagewalk.internal.schema.column;

/** Nobody knows what an id stands for, for now. It has no stack trace: each record may have such an id. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1;

    public UnknownSchemaException() {
        super("unknown schema", null, false, false);
    }
}
