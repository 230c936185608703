package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;

/** One message of a Protobuf schema, which payloads are of. Immutable, and safe for use by any number of threads. */
public final class ProtobufMessage {
    private final MessageModel model;
    private final SourceType type;

    ProtobufMessage(MessageModel model) throws SchemaRefusedException {
        this.model = model;
        this.type = new MessageColumns().of(model);
    }

    /** Its name, with its package. */
    public String name() {
        return model.fullName();
    }

    /** What values of it are. */
    public SourceType type() {
        return type;
    }

    /**
     * A reader of payloads.
     *
     * @param binding how values of {@link #type()} become the table's
     */
    public ProtobufDecoder decoder(Binding binding) {
        return decoder(binding, false);
    }

    /**
     * Likewise.
     *
     * @param refusesUnknown whether a payload is bad that has a field which the schema does not have
     */
    public ProtobufDecoder decoder(Binding binding, boolean refusesUnknown) {
        return new ProtobufDecoder(new NodeCompiler().root(model, binding), refusesUnknown);
    }
}
