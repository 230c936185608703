package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.UsageException;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.row.Member;
import io.pagewalk.table.RowShape;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** The columns of a data file. Their shapes are those parquet-avro gives the Avro schema that goes with them. */
final class Columns {
    static final String[] HEADER_KEY = {RecordColumns.HEADERS, "list", "element", "key"};
    static final String[] HEADER_VALUE = {RecordColumns.HEADERS, "list", "element", "value"};

    /** The footer's entry in which parquet-avro looks for the Avro schema. */
    static final String AVRO_SCHEMA = "parquet.avro.schema";

    private static final String NAME = "io.pagewalk.Record";

    private Columns() {}

    /** @throws UsageException if there are ids, and not as many as columns and parts of columns */
    static MessageType schema(PayloadFormats payloads, ParquetSettings settings) {
        List<Member> columns =
                RecordColumns.of(payloads, settings.timestampUnit().kind());
        List<Integer> ids = settings.fieldIds();
        int nodes = new RowShape(columns, false).nodes().size();
        if (!ids.isEmpty() && ids.size() != nodes) {
            throw new UsageException("the setting " + ParquetSettings.FIELD_IDS + " has " + ids.size()
                    + " ids, but the columns of the files and the parts of these are " + nodes);
        }
        return new MessageType(NAME, ColumnTypes.of(columns, ids));
    }

    /** The leaves of a typed part, in their order. */
    static List<ColumnDescriptor> leaves(MessageType schema, String name) {
        return schema.getColumns().stream()
                .filter(column -> column.getPath()[0].equals(name))
                .toList();
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
            case TYPED -> throw new IllegalArgumentException(format.name());
        };
    }
}
