package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowEvents;

/**
 * Reads payloads of one message into the values of a table, straight from their bytes. Of a field that may have one value the last one
 * counts, of a oneof the last member; a message that stands in several pieces is merged; values may be packed, or not, whatever the
 * schema says. Fields that the schema does not have are left out, and counted, unless they are refused. Nothing is allocated once it has seen payloads of
 * the same size. Confined to one thread.
 */
public final class ProtobufDecoder {
    private final MessageNode root;
    private final WirePayload payload;

    ProtobufDecoder(MessageNode root, boolean refusesUnknown) {
        this.root = root;
        this.payload = new WirePayload(refusesUnknown);
    }

    /**
     * Reads a payload, whose events are complete when this returns.
     *
     * @param value from its first byte to its last, after any frame
     * @param into is begun anew; if the payload is bad it holds nothing of use
     * @throws BadPayloadException if it is no such message, or has a value that does not fit into the table
     */
    public void decode(ByteView value, RowEvents into) throws BadPayloadException {
        decode(value.array(), value.offset(), value.length(), into);
    }

    /** As {@link #decode(ByteView, RowEvents)}, for a part of an array. */
    public void decode(byte[] array, int offset, int length, RowEvents into) throws BadPayloadException {
        payload.begin(array, length, into);
        root.read(payload, offset, offset + length, 0);
    }

    /** How many fields there were, in all payloads so far, that the schema does not have. */
    public long unknownFields() {
        return payload.unknownFields();
    }

    /** How many timestamps, in all payloads so far, were finer than the table's unit. */
    public long cutTimes() {
        return payload.cutTimes();
    }
}
