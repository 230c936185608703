package io.pagewalk.internal.typed;

/** An id was met that is not on record, by somebody who cannot put it there. It has no stack trace: it is told to who can. */
public final class SchemaMetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final String id;

    SchemaMetException(String column, String id) {
        super("schema " + id + " of a " + column + " is not on record", null, false, false);
        this.column = column;
        this.id = id;
    }

    /** {@code key} or {@code value}. */
    public String column() {
        return column;
    }

    /** As frames have it. */
    public String id() {
        return id;
    }
}
