package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PinnedSchemas;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What entries say of schemas. */
public final class SchemaFields {
    private SchemaFields() {}

    /** Writes an object, if there are any. */
    public static void write(JsonGenerator json, @Nullable PinnedSchemas schemas) throws IOException {
        if (schemas != null) {
            json.writeObjectFieldStart("schemas");
            writeColumn(json, "key", schemas.key());
            writeColumn(json, "value", schemas.value());
            writeMet(json, schemas.met());
            json.writeEndObject();
        }
    }

    private static void writeColumn(JsonGenerator json, String name, PinnedSchemas.@Nullable Column column)
            throws IOException {
        if (column != null) {
            json.writeObjectFieldStart(name);
            json.writeStringField("frame", column.frame());
            json.writeStringField("context", column.context());
            json.writeStringField("message", column.message());
            json.writeBooleanField("refusesUnknown", column.refusesUnknown());
            json.writeStringField("table", column.table());
            json.writeArrayFieldStart("versions");
            for (PinnedSchemas.Version version : column.versions()) {
                json.writeStartObject();
                json.writeStringField("id", version.id());
                json.writeStringField("subject", version.subject());
                json.writeBooleanField("merged", version.merged());
                json.writeNumberField("version", version.number());
                json.writeStringField("schema", version.digest());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Writes an array. */
    public static void writeMet(JsonGenerator json, List<MetSchema> schemas) throws IOException {
        json.writeArrayFieldStart("met");
        for (MetSchema met : schemas) {
            json.writeStartObject();
            json.writeStringField("column", met.column());
            json.writeStringField("id", met.id());
            json.writeStringField("subject", met.subject());
            if (met.digest() != null) {
                json.writeStringField("schema", met.digest());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What {@link #write} has written. */
    public static PinnedSchemas read(JsonFields fields) {
        return new PinnedSchemas(
                fields.has("key") ? column(fields.object("key")) : null,
                fields.has("value") ? column(fields.object("value")) : null,
                met(fields));
    }

    private static PinnedSchemas.Column column(JsonFields fields) {
        return new PinnedSchemas.Column(
                fields.text("frame"),
                fields.text("context"),
                fields.text("message"),
                fields.bool("refusesUnknown"),
                fields.text("table"),
                fields.objects("versions").stream()
                        .map(version -> new PinnedSchemas.Version(
                                version.text("id"),
                                version.text("subject"),
                                Math.toIntExact(version.number("version")),
                                version.bool("merged"),
                                version.text("schema")))
                        .toList());
    }

    /** What {@link #writeMet} has written. */
    public static List<MetSchema> met(JsonFields fields) {
        return fields.objects("met").stream()
                .map(one -> new MetSchema(
                        one.text("column"),
                        one.text("id"),
                        one.text("subject"),
                        one.has("schema") ? one.text("schema") : null))
                .toList();
    }

    static List<MetSchema> someMet(JsonFields fields) {
        List<MetSchema> met = met(fields);
        if (met.isEmpty()) {
            throw new IllegalArgumentException("it names no schema");
        }
        return met;
    }
}
