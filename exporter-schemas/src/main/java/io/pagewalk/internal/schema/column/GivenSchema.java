package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.RegisteredSchema.UnboundedSchemaException;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.payload.SchemaChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A schema of a file. */
public final class GivenSchema {
    private GivenSchema() {}

    /**
     * The schema, with all that it imports.
     *
     * @param format the name of its kind
     * @throws UnboundedSchemaException if it is too large
     */
    public static RegisteredSchema of(String format, SchemaChoice.File file) throws UnboundedSchemaException {
        SchemaKind kind = SchemaKind.of(format);
        List<RegisteredSchema.Named> imports = new ArrayList<>();
        for (Map.Entry<String, String> imported : file.imports().entrySet()) {
            imports.add(new RegisteredSchema.Named(imported.getKey(), RegisteredSchema.of(kind, imported.getValue())));
        }
        return RegisteredSchema.of(kind, file.text(), imports);
    }
}
