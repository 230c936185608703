package io.pagewalk.internal.schema.own;

import io.pagewalk.internal.schema.column.ParsedSchema;
import io.pagewalk.internal.schema.column.ParsedVersion;
import io.pagewalk.internal.schema.column.VersionReader;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.row.RowLayout;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A table of one version: what payloads of it are read into. Immutable, and safe for use by any number of threads. */
public final class OwnTable {
    private static final String COLUMN = "payload";

    private final ParsedSchema schema;
    private final TableSchema table;

    /**
     * That of a schema.
     *
     * @param label what messages call it
     * @param message which message of a Protobuf schema payloads are; empty for its first one
     * @throws SchemaRefusedException if there is none
     */
    public static OwnTable of(RegisteredSchema schema, String label, String message) throws SchemaRefusedException {
        return new OwnTable(ParsedVersion.one(schema, label, message));
    }

    OwnTable(ParsedSchema schema) throws SchemaRefusedException {
        this.schema = schema;
        this.table = TableSchema.merge(
                COLUMN,
                List.of(new SchemaSubject(COLUMN, List.of(new SchemaVersion(COLUMN, schema.type())))),
                TimeUnit.MICROSECONDS);
    }

    /** What the schema, or the message, calls itself; empty if it has no name. */
    public String name() {
        return schema.name();
    }

    /** The payload's parts, in the order of the schema. */
    public RowLayout layout() {
        return table.layout();
    }

    /** A reader for one thread. */
    public VersionReader newReader() {
        return schema.reader(table.binding(0, 0));
    }
}
