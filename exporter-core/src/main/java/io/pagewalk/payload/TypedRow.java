package io.pagewalk.payload;

import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowEvents;
import org.jspecify.annotations.Nullable;

/** The typed key, or the typed value, of one record after the other. Used again for each. Confined to one thread. */
public final class TypedRow {
    private final RowEvents events = new RowEvents();
    private @Nullable ByteView schemaId;

    /** The values. Of a payload that is null, that of each leaf is absent at level 0. */
    public RowEvents events() {
        return events;
    }

    /**
     * The id of the schema that the payload is of, as text in UTF-8: decimal digits where it is a number, else as the registry
     * writes it. Null for a payload that is null, or that nothing says a schema of.
     */
    public @Nullable ByteView schemaId() {
        return schemaId;
    }

    /** Says the id. */
    public void setSchemaId(@Nullable ByteView id) {
        schemaId = id;
    }
}
