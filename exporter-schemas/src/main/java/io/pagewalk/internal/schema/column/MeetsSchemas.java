package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.payload.MetSchema;

/** Decides what ids stand for that are not on record. Any thread may call it. */
@FunctionalInterface
public interface MeetsSchemas {
    /**
     * Puts on record what an id stands for, and returns once it is there; the schema's file is there before.
     *
     * @param column {@code key} or {@code value}
     * @return what is on record; without a digest if nobody knows the id, or if what it stands for is of no use
     * @throws UnknownSchemaException if nobody knows it, and that is not to be put on record
     * @throws io.pagewalk.error.PagewalkException if it cannot be decided now
     */
    MetSchema met(String column, SchemaKey key) throws UnknownSchemaException;
}
