package io.pagewalk.internal.typed;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.own.OwnSchemas;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.Decoding;
import io.pagewalk.schema.PayloadDecoder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads keys and values by their own schemas. */
public final class OwnDecoder implements PayloadDecoder {
    private final DecodingRoom room;
    private final @Nullable OwnPart key;
    private final @Nullable OwnPart value;

    private OwnDecoder(DecodingRoom room, @Nullable SchemaChoice key, @Nullable SchemaChoice value) {
        this.room = room;
        this.key = key == null ? null : OwnPart.of(Part.KEY, key, room);
        this.value = value == null ? null : OwnPart.of(Part.VALUE, value, room);
    }

    /**
     * One for what is asked for.
     *
     * @param schemas null if no registry was named; asked for when it is needed first
     * @throws UsageException if a registry is needed and was not named, or a schema that is given cannot be used
     */
    public static PayloadDecoder of(Decoding decoding, @Nullable Supplier<OwnSchemas> schemas) {
        SchemaChoice key = asked(decoding.key(), schemas != null);
        SchemaChoice value = asked(decoding.value(), schemas != null);
        if (key == null && value == null) {
            return PayloadDecoder.NONE;
        }
        Supplier<OwnSchemas> known = schemas == null
                ? () -> {
                    throw new IllegalStateException("a schema that is given needs no registry");
                }
                : schemas;
        return new OwnDecoder(new DecodingRoom(known, decoding.patience(), decoding.maxBytes()), key, value);
    }

    private static @Nullable SchemaChoice asked(@Nullable SchemaChoice choice, boolean registry) {
        if (choice == null || choice.file() != null || registry) {
            return choice;
        }
        if (choice.format().equals(SchemaChoice.AUTO)) {
            return null;
        }
        throw new UsageException(
                "schemas are asked for, and no schema registry is named", Advice.CHANGE_REGISTRY_SETTINGS);
    }

    @Override
    public @Nullable DecodedPayload key(RecordView record) {
        return read(key, record, record.key());
    }

    @Override
    public @Nullable DecodedPayload value(RecordView record) {
        return read(value, record, record.value());
    }

    private static @Nullable DecodedPayload read(
            @Nullable OwnPart part, RecordView record, @Nullable ByteView payload) {
        boolean whole = payload != null && payload.fullLength() == payload.length();
        return part == null || payload == null || !whole ? null : part.read(record, payload);
    }

    @Override
    public boolean mayChange() {
        return room.metUnknown();
    }
}
