package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowEvents;

/**
 * Reads payloads that are JSON texts of one schema into the values of a table, straight from their bytes. Of members of one name the last
 * one counts. A text has to be one JSON text as {@link JsonScanner} takes it, and each value of the type of its column; nothing else
 * of the schema is checked. Nothing is allocated once it has seen payloads of the same size, but for numbers of more than 15
 * digits with a fraction or an exponent. Confined to one thread.
 */
public final class JsonSchemaDecoder {
    private final ShapeNode root;
    private final JsonPayload payload = new JsonPayload();

    JsonSchemaDecoder(ShapeNode root) {
        this.root = root;
    }

    /**
     * Reads a payload, whose events are complete when this returns.
     *
     * @param value from its first byte to its last, after any frame
     * @param into is begun anew; if the payload is bad it holds nothing of use
     * @throws BadPayloadException if it is no JSON text, is null, or has a value that does not fit into the table
     */
    public void decode(ByteView value, RowEvents into) throws BadPayloadException {
        decode(value.array(), value.offset(), value.length(), into);
    }

    /** As {@link #decode(ByteView, RowEvents)}, for a part of an array. */
    public void decode(byte[] array, int offset, int length, RowEvents into) throws BadPayloadException {
        if (!JsonScanner.isValid(array, offset, offset + length)) {
            throw new BadPayloadException("payload is not one JSON text");
        }
        long unknown = payload.unknownMembers();
        try {
            read(array, offset, length, into, false);
        } catch (BadPayloadException e) {
            // What is bad may be a value that does not count, as its member comes again.
            payload.setUnknownMembers(unknown);
            read(array, offset, length, into, true);
        }
    }

    private void read(byte[] array, int offset, int length, RowEvents into, boolean careful)
            throws BadPayloadException {
        payload.begin(array, offset, length, into, careful);
        int at = payload.token(offset);
        if (array[at] == 'n') {
            // Whoever reads the table takes a null for a payload that is not there.
            throw new BadPayloadException("payload is the JSON null");
        }
        root.value(payload, at, 0);
    }

    /** How many members there were, in all payloads so far, that the schema neither has nor allows. */
    public long unknownMembers() {
        return payload.unknownMembers();
    }
}
