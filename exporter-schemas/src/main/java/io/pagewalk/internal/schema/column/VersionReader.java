package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.row.RowEvents;

/** Reads payloads of one version, without their frames. Confined to one thread. */
@FunctionalInterface
public interface VersionReader {
    /**
     * Reads a payload.
     *
     * @param into is begun anew; if the payload is bad it holds nothing of use
     * @throws BadPayloadException if it is none of the version, or does not fit into the table
     */
    void read(byte[] array, int offset, int length, RowEvents into) throws BadPayloadException;
}
