package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowEvents;
import org.apache.avro.Schema;

/**
 * Reads payloads of one writer's schema into the events of the table. Nothing is allocated for a payload, but for what is bad, JSON
 * texts of types that are within themselves, and decimals that become text. Confined to one thread; making another one is cheap enough
 * for each slice.
 */
public final class AvroDecoder {
    private final AvroNode root;
    private final AvroInput in = new AvroInput();

    private AvroDecoder(AvroNode root) {
        this.root = root;
    }

    /** One for a version, and how that is bound to the table. */
    public static AvroDecoder of(AvroSchema version, Binding binding) {
        Schema schema = version.schema();
        return new AvroDecoder(AvroCompiler.node(schema, binding));
    }

    /**
     * Reads a payload, whose events are complete when this returns.
     *
     * @param payload one value in Avro's binary form, from its first byte to its last, after any frame
     * @param into is begun anew; if the payload is bad it holds nothing of use
     * @throws BadPayloadException if it is not a value of the schema, or does not fit into the table
     */
    public void decode(ByteView payload, RowEvents into) throws BadPayloadException {
        decode(payload.array(), payload.offset(), payload.length(), into);
    }

    /** As {@link #decode(ByteView, RowEvents)}, for a part of an array. */
    public void decode(byte[] array, int offset, int length, RowEvents into) throws BadPayloadException {
        in.keys().beCareful(false);
        try {
            read(array, offset, length, into);
        } catch (DuplicateKeyException twice) {
            in.keys().beCareful(true);
            read(array, offset, length, into);
        }
    }

    private void read(byte[] array, int offset, int length, RowEvents into) throws BadPayloadException {
        into.begin(array);
        in.begin(array, offset, length);
        root.read(in, into, 0);
        in.finish();
    }
}
