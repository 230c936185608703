package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.row.RowEvents;

/** Reads the values of one type of a writer's schema into the table. Confined to one thread. */
abstract class AvroNode {
    /**
     * Reads a value.
     *
     * @param repetition the level of it
     */
    abstract void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException;
}
