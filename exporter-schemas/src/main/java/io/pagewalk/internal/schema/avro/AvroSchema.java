package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.TableNotice;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** One version's schema. It is read as leniently as registries take schemas. Immutable, and safe for use by any number of threads. */
public final class AvroSchema {
    private final Schema schema;
    private final SourceType type;
    private final List<TableNotice> notices;

    private AvroSchema(Schema schema, SourceType type, List<TableNotice> notices) {
        this.schema = schema;
        this.type = type;
        this.notices = notices;
    }

    /**
     * Reads a schema.
     *
     * @param references the schemas that this one refers to, directly or not, each after those that it refers to itself
     * @throws SchemaRefusedException if it is none, or has far too many fields
     */
    public static AvroSchema parse(String text, List<String> references) throws SchemaRefusedException {
        Schema schema;
        try {
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
            for (String reference : references) {
                parser.parse(reference);
            }
            schema = parser.parse(text);
        } catch (AvroRuntimeException | StackOverflowError e) {
            throw new SchemaRefusedException("not an Avro schema");
        }
        AvroTypes types = new AvroTypes();
        return new AvroSchema(schema, types.root(schema), types.notices());
    }

    /** What it says, in the words of all schemas. */
    public SourceType type() {
        return type;
    }

    /** Its full name; that of its type if it has none. */
    public String name() {
        return schema.getFullName();
    }

    /** What is lost of it, whatever other versions say. The paths begin with a dot, below the column. */
    public List<TableNotice> notices() {
        return notices;
    }

    /** What Avro made of it. */
    Schema schema() {
        return schema;
    }
}
