package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What a schema of Avro says, in the words of all schemas. */
final class AvroTypes {
    static final List<String> DURATION = List.of("months", "days", "millis");

    private static final int MOST_LEAVES = 10_000;
    private static final int MOST_LEVELS = 100;
    private static final String ROOT = "";

    /** The records that the type in hand is within. */
    private final Set<String> within = new LinkedHashSet<>();

    private final List<TableNotice> notices = new ArrayList<>();
    private int leaves;
    private int levels;

    List<TableNotice> notices() {
        return List.copyOf(notices);
    }

    SourceType root(Schema schema) throws SchemaRefusedException {
        return type(schema, ROOT);
    }

    private SourceType type(Schema schema, String path) throws SchemaRefusedException {
        if (++levels > MOST_LEVELS) {
            throw new SchemaRefusedException("the schema has more than " + MOST_LEVELS + " levels");
        }
        List<Schema> some = AvroUnions.some(schema);
        SourceType type;
        if (some.isEmpty()) {
            countLeaf();
            type = new SourceType.Nothing();
        } else if (some.size() == 1) {
            type = single(some.get(0), path);
        } else {
            List<SourceType.Branch> branches = new ArrayList<>();
            for (Schema branch : some) {
                branches.add(new SourceType.Branch(
                        branch.getName(), branch.getFullName(), single(branch, path + "." + branch.getName())));
            }
            type = new SourceType.Choice(branches);
        }
        levels--;
        return type;
    }

    private void countLeaf() throws SchemaRefusedException {
        if (++leaves > MOST_LEAVES) {
            throw new SchemaRefusedException("the schema has more than " + MOST_LEAVES + " fields");
        }
    }

    private SourceType single(Schema schema, String path) throws SchemaRefusedException {
        return switch (schema.getType()) {
            case RECORD -> record(schema, path);
            case ARRAY ->
                new SourceType.Many(
                        type(schema.getElementType(), path + ".element"),
                        AvroUnions.isNullable(schema.getElementType()));
            case MAP ->
                new SourceType.Entries(
                        Scalar.of(ScalarKind.STRING),
                        type(schema.getValueType(), path + ".value"),
                        AvroUnions.isNullable(schema.getValueType()));
            default -> {
                countLeaf();
                yield isDuration(schema) ? duration(schema) : value(schema, path);
            }
        };
    }

    private SourceType record(Schema schema, String path) throws SchemaRefusedException {
        String name = schema.getFullName();
        if (!within.add(name)) {
            countLeaf();
            Scalar json = Scalar.of(ScalarKind.JSON);
            return new SourceType.Value(json, json, name);
        }
        List<SourceField> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            SourceType type = type(field.schema(), path + "." + field.name());
            fields.add(new SourceField(
                    field.name(),
                    List.copyOf(field.aliases()),
                    0,
                    type,
                    AvroUnions.isNullable(field.schema()),
                    AvroPresets.of(field, type)));
        }
        within.remove(name);
        return new SourceType.Group(name, fields);
    }

    /** The scale of a decimal; null if it is none. */
    static @Nullable Integer scaleOf(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : null;
    }

    static boolean isDuration(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return schema.getType() == Schema.Type.FIXED
                && logical != null
                && logical.getName().equals("duration");
    }

    private static SourceType duration(Schema schema) {
        List<SourceField> fields = new ArrayList<>();
        for (String name : DURATION) {
            fields.add(new SourceField(name, List.of(), 0, SourceType.Value.of(ScalarKind.INT64), false, null));
        }
        return new SourceType.Group(schema.getFullName(), fields);
    }

    private SourceType value(Schema schema, String path) {
        Scalar plain = plain(schema);
        LogicalType logical = schema.getLogicalType();
        Scalar meant = logical == null ? plain : meant(logical, plain, path);
        return new SourceType.Value(meant, plain, isNamed(schema) ? schema.getFullName() : "");
    }

    private static boolean isNamed(Schema schema) {
        return schema.getType() == Schema.Type.ENUM || schema.getType() == Schema.Type.FIXED;
    }

    private static Scalar plain(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> Scalar.of(ScalarKind.BOOLEAN);
            case INT -> Scalar.of(ScalarKind.INT32);
            case LONG -> Scalar.of(ScalarKind.INT64);
            case FLOAT -> Scalar.of(ScalarKind.FLOAT);
            case DOUBLE -> Scalar.of(ScalarKind.DOUBLE);
            case STRING, ENUM -> Scalar.of(ScalarKind.STRING);
            case BYTES -> Scalar.of(ScalarKind.BYTES);
            case FIXED ->
                schema.getFixedSize() == 0 ? Scalar.of(ScalarKind.BYTES) : Scalar.fixed(schema.getFixedSize());
            default -> throw new IllegalStateException(schema.getType().toString());
        };
    }

    private Scalar meant(LogicalType logical, Scalar plain, String path) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal(decimal, path);
        }
        return switch (logical.getName()) {
            case "uuid", "big-decimal", "time-millis", "time-micros" -> Scalar.of(ScalarKind.STRING);
            case "date" -> Scalar.of(ScalarKind.DATE);
            case "timestamp-millis" -> Scalar.of(ScalarKind.TIMESTAMP_MILLIS);
            case "timestamp-micros" -> Scalar.of(ScalarKind.TIMESTAMP_MICROS);
            case "timestamp-nanos" -> Scalar.of(ScalarKind.TIMESTAMP_NANOS);
            case "local-timestamp-millis" -> Scalar.of(ScalarKind.LOCAL_TIMESTAMP_MILLIS);
            case "local-timestamp-micros" -> Scalar.of(ScalarKind.LOCAL_TIMESTAMP_MICROS);
            case "local-timestamp-nanos" -> Scalar.of(ScalarKind.LOCAL_TIMESTAMP_NANOS);
            default -> plain;
        };
    }

    private Scalar decimal(LogicalTypes.Decimal decimal, String path) {
        if (decimal.getPrecision() <= Scalar.MAX_PRECISION) {
            return Scalar.decimal(decimal.getPrecision(), decimal.getScale());
        }
        String said =
                "is a decimal of " + decimal.getPrecision() + " digits, " + decimal.getScale() + " after the point";
        if (decimal.getScale() > Scalar.MAX_PRECISION) {
            notices.add(new TableNotice(TableNotice.Kind.CAPPED, path, said + ", and becomes text"));
            return Scalar.of(ScalarKind.STRING);
        }
        notices.add(new TableNotice(
                TableNotice.Kind.CAPPED, path, said + ": values of more than " + Scalar.MAX_PRECISION + " are bad"));
        return Scalar.decimal(Scalar.MAX_PRECISION, decimal.getScale());
    }
}
