package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.RowTree;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.merge.Unmatched;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Versions of a schema, merged, and a decoder of each. */
final class AvroTable {
    private final List<AvroSchema> versions = new ArrayList<>();
    private final TableSchema table;
    private final RowEvents events = new RowEvents();

    AvroTable(TimeUnit unit, List<String> texts) throws SchemaRefusedException {
        List<SchemaVersion> merged = new ArrayList<>();
        for (String text : texts) {
            AvroSchema schema = AvroSchema.parse(text, List.of());
            versions.add(schema);
            merged.add(new SchemaVersion("v" + versions.size(), schema.type()));
        }
        table = TableSchema.merge("value", List.of(new SchemaSubject("topic-value", merged)), unit);
    }

    static AvroTable of(String... texts) throws SchemaRefusedException {
        return new AvroTable(TimeUnit.MICROSECONDS, List.of(texts));
    }

    TableSchema table() {
        return table;
    }

    /** One of the versions, by its number, which is 1 for the oldest. */
    AvroDecoder decoder(int version) {
        return AvroDecoder.of(versions.get(version - 1), table.binding(0, version - 1));
    }

    /** What a payload of a version says. */
    @Nullable
    Object read(int version, byte[] payload) throws BadPayloadException {
        decoder(version).decode(payload, 0, payload.length, events);
        return RowTree.of(events, table.layout());
    }

    /** What a payload of a version says that was not merged. */
    @Nullable
    Object readLater(String text, byte[] payload, Unmatched unmatched)
            throws BadPayloadException, SchemaRefusedException {
        AvroSchema schema = AvroSchema.parse(text, List.of());
        AvroDecoder.of(schema, table.bindLater(0, schema.type(), unmatched)).decode(payload, 0, payload.length, events);
        return RowTree.of(events, table.layout());
    }

    /** The table's type in short. */
    String shape() {
        return shape(table.column().type());
    }

    private static String shape(Member member) {
        if (!member.optional() && !member.name().startsWith("present")) {
            throw new AssertionError(member.name() + " may be missing in later versions");
        }
        return member.name() + " " + shape(member.type());
    }

    private static String shape(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return struct.members().stream().map(AvroTable::shape).collect(Collectors.joining(", ", "{", "}"));
        }
        if (type instanceof ColumnType.ListOf list) {
            return "[" + (list.element().optional() ? "?" : "")
                    + shape(list.element().type()) + "]";
        }
        if (type instanceof ColumnType.MapOf map) {
            return "<" + shape(map.key()) + ", " + (map.value().optional() ? "?" : "")
                    + shape(map.value().type()) + ">";
        }
        ColumnType.Scalar scalar = (ColumnType.Scalar) type;
        return switch (scalar.kind()) {
            case DECIMAL -> "DECIMAL(" + scalar.precision() + "," + scalar.scale() + ")";
            case FIXED -> "FIXED(" + scalar.precision() + ")";
            default -> scalar.kind().toString();
        };
    }

    /** Which version brought each leaf. */
    Map<String, String> origins() {
        Map<String, String> origins = new HashMap<>();
        table.layout()
                .leaves()
                .forEach(leaf -> origins.put(
                        String.join(".", leaf.path()), table.origins().get(origins.size())));
        return origins;
    }

    /** The paths of its notices of a kind. */
    List<String> noticed(TableNotice.Kind kind) {
        return table.notices().stream()
                .filter(notice -> notice.kind() == kind)
                .map(TableNotice::path)
                .toList();
    }

    /** A value in Avro's binary form, as Avro itself writes it. */
    static byte[] bytes(Schema schema, @Nullable Object value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<@Nullable Object>(schema).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    /** A record with the given fields. */
    static String record(String... fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"n\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    /** A field; what follows its type is added as it is. */
    static String field(String name, String type, String... more) {
        String quoted = type.startsWith("{") || type.startsWith("[") ? type : "\"" + type + "\"";
        String rest = more.length == 0 ? "" : "," + String.join(",", more);
        return "{\"name\":\"" + name + "\",\"type\":" + quoted + rest + "}";
    }
}
