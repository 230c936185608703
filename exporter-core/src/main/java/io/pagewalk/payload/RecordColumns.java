package io.pagewalk.payload;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns of a record in files that have columns: the names are those of Spark's Kafka source. */
public final class RecordColumns {
    public static final String TOPIC = "topic";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";
    public static final String TIMESTAMP = "timestamp";
    public static final String TIMESTAMP_TYPE = "timestampType";
    public static final String KEY = "key";
    public static final String VALUE = "value";
    public static final String KEY_SCHEMA_ID = "keySchemaId";
    public static final String VALUE_SCHEMA_ID = "valueSchemaId";
    public static final String HEADERS = "headers";

    private static final String TIMESTAMP_UNIT = "timestamp-unit";

    private RecordColumns() {}

    /**
     * The columns, in their order.
     *
     * @param payloads what keys, values and header values are
     * @param timestamps what timestamps count in: one of the kinds that are instants
     */
    public static List<Member> of(PayloadFormats payloads, ScalarKind timestamps) {
        List<Member> columns = new ArrayList<>();
        columns.add(Member.required(TOPIC, Scalar.of(ScalarKind.STRING)));
        columns.add(Member.required(PARTITION, Scalar.of(ScalarKind.INT32)));
        columns.add(Member.required(OFFSET, Scalar.of(ScalarKind.INT64)));
        columns.add(Member.required(TIMESTAMP, Scalar.of(timestamps)));
        columns.add(Member.required(TIMESTAMP_TYPE, Scalar.of(ScalarKind.STRING)));
        addPart(columns, KEY, KEY_SCHEMA_ID, payloads.key());
        addPart(columns, VALUE, VALUE_SCHEMA_ID, payloads.value());
        columns.add(Member.required(
                HEADERS,
                new ColumnType.ListOf(Member.required(
                        "element",
                        new ColumnType.Struct(List.of(
                                Member.required("key", Scalar.of(ScalarKind.STRING)),
                                Member.optional("value", payload(payloads.header()))))))));
        return List.copyOf(columns);
    }

    /**
     * What timestamps count in.
     *
     * @param fileSettings of a file format, which all say it alike; microseconds if they do not say it
     */
    public static ScalarKind timestamps(Map<String, String> fileSettings) {
        return switch (fileSettings.getOrDefault(TIMESTAMP_UNIT, "micros")) {
            case "millis" -> ScalarKind.TIMESTAMP_MILLIS;
            case "nanos" -> ScalarKind.TIMESTAMP_NANOS;
            default -> ScalarKind.TIMESTAMP_MICROS;
        };
    }

    /** A schema's id is text: topics whose frames change have numbers and GUIDs. */
    private static void addPart(List<Member> columns, String name, String schemaId, PayloadFormat format) {
        TypedFormat typed = format.typed();
        if (typed == null) {
            columns.add(Member.optional(name, payload(format)));
        } else {
            columns.add(typed.layout().root().member());
            columns.add(Member.optional(schemaId, Scalar.of(ScalarKind.STRING)));
        }
    }

    private static Scalar payload(PayloadFormat format) {
        return switch (format.form()) {
            case BYTES -> Scalar.of(ScalarKind.BYTES);
            case TEXT -> Scalar.of(ScalarKind.STRING);
            case JSON -> Scalar.of(ScalarKind.JSON);
            case TYPED -> throw new IllegalArgumentException(format.name());
        };
    }
}
