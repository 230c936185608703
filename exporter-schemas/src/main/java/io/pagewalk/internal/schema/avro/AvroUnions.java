package io.pagewalk.internal.schema.avro;

import java.util.List;
import org.apache.avro.Schema;

/** What unions are for: null, or several types. */
final class AvroUnions {
    private AvroUnions() {}

    /** The types that are not null, of a union or of a type that is alone. */
    static List<Schema> some(Schema schema) {
        List<Schema> all = schema.isUnion() ? schema.getTypes() : List.of(schema);
        return all.stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    }

    static boolean isNullable(Schema schema) {
        return schema.isNullable();
    }
}
