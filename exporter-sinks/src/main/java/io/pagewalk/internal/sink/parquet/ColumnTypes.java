package io.pagewalk.internal.sink.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.table.RowShape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The Parquet types of columns: of typed ones those that Spark and DuckDB read without options. Lists and maps have three levels, as
 * the layout says. Decimals of 19 digits and more are of fixed length, as Spark fails on those of others.
 */
final class ColumnTypes {
    /** The most digits that fit into 32 bits. */
    private static final int MAX_INT_PRECISION = 9;

    private final Iterator<Integer> ids;

    private ColumnTypes(Iterator<Integer> ids) {
        this.ids = ids;
    }

    /**
     * The types of columns.
     *
     * @param ids one for each of {@link RowShape#nodes}, in that order; or none at all. The repeated groups of lists and maps, which are
     *     Parquet's alone, have none.
     */
    static List<Type> of(List<Member> columns, List<Integer> ids) {
        return new ColumnTypes(ids.iterator()).all(columns);
    }

    private List<Type> all(List<Member> members) {
        List<Type> types = new ArrayList<>();
        for (Member member : members) {
            types.add(one(member));
        }
        return types;
    }

    private Type one(Member member) {
        if (!ids.hasNext()) {
            return type(member);
        }
        // Before those of its parts.
        int id = ids.next();
        return type(member).withId(id);
    }

    private Type type(Member member) {
        Repetition repetition = member.optional() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        String name = member.name();
        if (member.type() instanceof ColumnType.Scalar scalar) {
            return scalar(repetition, name, scalar);
        }
        List<Type> parts = all(RowShape.parts(member.type()));
        if (member.type() instanceof ColumnType.Struct) {
            return new GroupType(repetition, name, parts);
        }
        boolean list = member.type() instanceof ColumnType.ListOf;
        GroupType values = new GroupType(Repetition.REPEATED, list ? "list" : "key_value", parts);
        return Types.buildGroup(repetition)
                .as(list ? listType() : mapType())
                .addField(values)
                .named(name);
    }

    private static Type scalar(Repetition repetition, String name, ColumnType.Scalar type) {
        return switch (type.kind()) {
            case BOOLEAN -> plain(BOOLEAN, repetition, name);
            case INT32 -> plain(INT32, repetition, name);
            case INT64 -> plain(INT64, repetition, name);
            case FLOAT -> plain(FLOAT, repetition, name);
            case DOUBLE -> plain(DOUBLE, repetition, name);
            case DECIMAL -> decimal(repetition, name, type);
            case DATE -> Types.primitive(INT32, repetition).as(dateType()).named(name);
            case TIMESTAMP_MILLIS -> timestamp(repetition, name, true, TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> timestamp(repetition, name, true, TimeUnit.MICROS);
            case TIMESTAMP_NANOS -> timestamp(repetition, name, true, TimeUnit.NANOS);
            case LOCAL_TIMESTAMP_MILLIS -> timestamp(repetition, name, false, TimeUnit.MILLIS);
            case LOCAL_TIMESTAMP_MICROS -> timestamp(repetition, name, false, TimeUnit.MICROS);
            case LOCAL_TIMESTAMP_NANOS -> timestamp(repetition, name, false, TimeUnit.NANOS);
            case STRING -> Types.primitive(BINARY, repetition).as(stringType()).named(name);
            case JSON -> Types.primitive(BINARY, repetition).as(jsonType()).named(name);
            case BYTES -> plain(BINARY, repetition, name);
            case FIXED ->
                Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
                        .length(type.precision())
                        .named(name);
        };
    }

    private static Type plain(PrimitiveTypeName physical, Repetition repetition, String name) {
        return Types.primitive(physical, repetition).named(name);
    }

    private static Type timestamp(Repetition repetition, String name, boolean utc, TimeUnit unit) {
        return Types.primitive(INT64, repetition).as(timestampType(utc, unit)).named(name);
    }

    private static Type decimal(Repetition repetition, String name, ColumnType.Scalar type) {
        var annotation = decimalType(type.scale(), type.precision());
        if (type.precision() > ColumnType.Scalar.MAX_LONG_PRECISION) {
            return Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
                    .length(bytes(type.precision()))
                    .as(annotation)
                    .named(name);
        }
        return Types.primitive(type.precision() <= MAX_INT_PRECISION ? INT32 : INT64, repetition)
                .as(annotation)
                .named(name);
    }

    /** How many bytes any number of so many digits fits into. */
    private static int bytes(int precision) {
        return BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
    }
}
