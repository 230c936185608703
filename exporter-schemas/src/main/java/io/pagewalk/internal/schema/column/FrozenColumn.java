package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaFileCodec;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.PlannedColumn;
import io.pagewalk.row.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A column as it is pinned before the first page.
 *
 * @param kind of all its schemas
 * @param pinned what the first entry says of it
 * @param column what it holds
 * @param schemas those that it was made of; their files have to be there before that entry
 * @param columns its leaves
 * @param notices what whoever plans an export should know
 */
public record FrozenColumn(
        SchemaKind kind,
        PinnedSchemas.Column pinned,
        Member column,
        List<RegisteredSchema> schemas,
        List<PlannedColumn> columns,
        List<TableNotice> notices) {
    /** Keeps copies. */
    public FrozenColumn {
        schemas = List.copyOf(schemas);
        columns = List.copyOf(columns);
        notices = List.copyOf(notices);
    }

    /** The files of the schemas, by their names in the folder of schemas. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        schemas.forEach(schema -> files.put(SchemaFiles.fileName(schema.digest()), SchemaFileCodec.encode(schema)));
        return files;
    }
}
