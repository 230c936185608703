package io.pagewalk.internal.sink.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedFormat;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a data file. Their names are those of Spark's Kafka source, their shapes those parquet-avro gives the
 * Avro schema that goes with them.
 */
final class Columns {
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String TIMESTAMP = "timestamp";
    static final String TIMESTAMP_TYPE = "timestampType";
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String KEY_SCHEMA_ID = "keySchemaId";
    static final String VALUE_SCHEMA_ID = "valueSchemaId";
    static final String HEADERS = "headers";
    static final String[] HEADER_KEY = {HEADERS, "list", "element", "key"};
    static final String[] HEADER_VALUE = {HEADERS, "list", "element", "value"};

    /** The footer's entry in which parquet-avro looks for the Avro schema. */
    static final String AVRO_SCHEMA = "parquet.avro.schema";

    private static final String NAME = "io.pagewalk.Record";

    private Columns() {}

    static MessageType schema(PayloadFormats payloads, TimestampUnit timestampUnit) {
        return Types.buildMessage()
                .required(BINARY)
                .as(stringType())
                .named(TOPIC)
                .required(INT32)
                .named(PARTITION)
                .required(INT64)
                .named(OFFSET)
                .required(INT64)
                .as(timestampType(true, timestampUnit.annotation()))
                .named(TIMESTAMP)
                .required(BINARY)
                .as(stringType())
                .named(TIMESTAMP_TYPE)
                .addFields(part(KEY, KEY_SCHEMA_ID, payloads.key()))
                .addFields(part(VALUE, VALUE_SCHEMA_ID, payloads.value()))
                .requiredList()
                .requiredGroupElement()
                .required(BINARY)
                .as(stringType())
                .named("key")
                .addField(payload("value", payloads.header()))
                .named(HEADERS)
                .named(NAME);
    }

    /** The columns of a part. A schema's id is text: topics whose frames change have numbers and GUIDs. */
    private static Type[] part(String name, String schemaId, PayloadFormat format) {
        TypedFormat typed = format.typed();
        return typed == null
                ? new Type[] {payload(name, format)}
                : new Type[] {
                    TypedTypes.of(typed.layout().root()),
                    Types.optional(BINARY).as(stringType()).named(schemaId)
                };
    }

    /** The leaves of a typed part, in their order. */
    static List<ColumnDescriptor> leaves(MessageType schema, String name) {
        return schema.getColumns().stream()
                .filter(column -> column.getPath()[0].equals(name))
                .toList();
    }

    private static PrimitiveType payload(String name, PayloadFormat format) {
        return Types.primitive(BINARY, Repetition.OPTIONAL)
                .as(annotation(format))
                .named(name);
    }

    private static @Nullable LogicalTypeAnnotation annotation(PayloadFormat format) {
        return switch (format.form()) {
            case BYTES -> null;
            case TEXT -> stringType();
            case JSON -> jsonType();
            case TYPED -> throw notUntyped(format);
        };
    }

    /**
     * The entries of the footer. A file with typed columns has no Avro schema: parquet-avro then makes one of the columns, while one
     * that we make would have to get by with the names that Avro takes.
     */
    static Map<String, String> metadata(PayloadFormats payloads, TimestampUnit timestampUnit) {
        if (payloads.areTyped()) {
            return Map.of();
        }
        return Map.of(AVRO_SCHEMA, """
                {"type":"record","name":"Record","namespace":"io.pagewalk","fields":[\
                {"name":"topic","type":"string"},\
                {"name":"partition","type":"int"},\
                {"name":"offset","type":"long"},\
                {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-UNIT"}},\
                {"name":"timestampType","type":"string"},\
                {"name":"key","type":["null","KEY"],"default":null},\
                {"name":"value","type":["null","VALUE"],"default":null},\
                {"name":"headers","type":{"type":"array","items":{"type":"record","name":"Header","fields":[\
                {"name":"key","type":"string"},\
                {"name":"value","type":["null","HEADER"],"default":null}]}}}]}""".replace("UNIT", timestampUnit.toString())
                .replace("KEY", avroType(payloads.key()))
                .replace("VALUE", avroType(payloads.value()))
                .replace("HEADER", avroType(payloads.header())));
    }

    private static String avroType(PayloadFormat format) {
        return switch (format.form()) {
            case BYTES -> "bytes";
            case TEXT, JSON -> "string";
            case TYPED -> throw notUntyped(format);
        };
    }

    private static IllegalArgumentException notUntyped(PayloadFormat format) {
        return new IllegalArgumentException(format.name());
    }

    static boolean isTop(ColumnDescriptor column, String name) {
        return column.getPath().length == 1 && column.getPath()[0].equals(name);
    }
}
