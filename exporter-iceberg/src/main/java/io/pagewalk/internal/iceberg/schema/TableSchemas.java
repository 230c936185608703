package io.pagewalk.internal.iceberg.schema;

import io.pagewalk.error.UsageException;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.ListOf;
import io.pagewalk.row.ColumnType.MapOf;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ColumnType.Struct;
import io.pagewalk.row.Member;
import io.pagewalk.table.RowShape;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The rows of an export as Iceberg has them, and which ids a table has given their columns. */
public final class TableSchemas {
    private int nextId = 1;

    private TableSchemas() {}

    /**
     * A schema for a table that is to be made. Its ids are of no use: catalogs hand out their own.
     *
     * @throws UsageException if a column is of a kind that readers of Iceberg take for another
     */
    public static Schema of(RowShape shape) {
        return new Schema(new TableSchemas().fields("", shape.columns()));
    }

    /** The type of a column alone, likewise. */
    static Type type(String path, ColumnType type) {
        return new TableSchemas().typeOf(path, type);
    }

    private List<NestedField> fields(String path, List<Member> members) {
        // As catalogs do: those of one level first.
        int first = nextId;
        nextId += members.size();
        List<NestedField> fields = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Type type = typeOf(path + member.name(), member.type());
            fields.add(
                    member.optional()
                            ? NestedField.optional(first + i, member.name(), type)
                            : NestedField.required(first + i, member.name(), type));
        }
        return fields;
    }

    private Type typeOf(String path, ColumnType type) {
        if (type instanceof Struct struct) {
            return Types.StructType.of(fields(path + ".", struct.members()));
        } else if (type instanceof ListOf list) {
            int id = nextId++;
            Type element = typeOf(path + ".element", list.element().type());
            return list.element().optional()
                    ? Types.ListType.ofOptional(id, element)
                    : Types.ListType.ofRequired(id, element);
        } else if (type instanceof MapOf map) {
            int key = nextId++;
            int value = nextId++;
            Type keyType = typeOf(path + ".key", map.key());
            Type valueType = typeOf(path + ".value", map.value().type());
            return map.value().optional()
                    ? Types.MapType.ofOptional(key, value, keyType, valueType)
                    : Types.MapType.ofRequired(key, value, keyType, valueType);
        }
        return scalar(path, (Scalar) type);
    }

    private static Type scalar(String path, Scalar scalar) {
        return switch (scalar.kind()) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT32 -> Types.IntegerType.get();
            case INT64 -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DECIMAL -> Types.DecimalType.of(scalar.precision(), scalar.scale());
            case DATE -> Types.DateType.get();
            case TIMESTAMP_MICROS -> Types.TimestampType.withZone();
            case LOCAL_TIMESTAMP_MICROS -> Types.TimestampType.withoutZone();
            case TIMESTAMP_MILLIS, TIMESTAMP_NANOS, LOCAL_TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_NANOS ->
                throw new UsageException("the column " + path + " is of " + scalar
                        + ", which an iceberg table cannot have: its readers take the numbers"
                        + " for microseconds, and filters return nothing; export it in microseconds");
            case STRING, JSON -> Types.StringType.get();
            case BYTES -> Types.BinaryType.get();
            case FIXED -> Types.FixedType.ofLength(scalar.precision());
        };
    }

    /** The ids of all that {@link RowShape#nodes} has, in its order, of a schema that has all of it. */
    public static List<Integer> ids(RowShape shape, Schema schema) {
        List<Integer> ids = new ArrayList<>();
        addIds(shape.columns(), schema.asStruct(), ids);
        return List.copyOf(ids);
    }

    private static void addIds(List<Member> members, Type type, List<Integer> ids) {
        List<NestedField> fields = type.asNestedType().fields();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            NestedField field = type.isStructType() ? type.asStructType().field(member.name()) : fields.get(i);
            ids.add(field.fieldId());
            List<Member> parts = RowShape.parts(member.type());
            if (!parts.isEmpty()) {
                addIds(parts, field.type(), ids);
            }
        }
    }
}
