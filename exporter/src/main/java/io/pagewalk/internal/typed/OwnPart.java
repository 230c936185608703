package io.pagewalk.internal.typed;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.column.GivenSchema;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.own.OwnTable;
import io.pagewalk.internal.schema.registry.RegisteredSchema.UnboundedSchemaException;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadSchema;
import org.jspecify.annotations.Nullable;

/** Reads the keys, or the values, of records. Confined to one thread. */
@FunctionalInterface
interface OwnPart {
    /** Reads a payload; null if it is taken for one without a schema. */
    @Nullable
    DecodedPayload read(RecordView record, ByteView payload);

    /**
     * That of a choice.
     *
     * @throws UsageException if it names a schema that cannot be used
     */
    static OwnPart of(Part part, SchemaChoice choice, DecodingRoom room) {
        return choice.file() == null ? new FramedPart(part, choice, room) : ofFile(choice, choice.file(), room);
    }

    private static OwnPart ofFile(SchemaChoice choice, SchemaChoice.File file, DecodingRoom room) {
        try {
            OwnTable table = OwnTable.of(GivenSchema.of(choice.format(), file), file.name(), choice.message());
            String name = table.name().isEmpty() ? null : table.name();
            OwnReader reader = new OwnReader(new PayloadSchema(null, choice.format(), name), table, room);
            return (record, payload) -> reader.read(payload.array(), payload.offset(), payload.length());
        } catch (SchemaRefusedException | UnboundedSchemaException e) {
            throw new UsageException("the schema " + file.name() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
