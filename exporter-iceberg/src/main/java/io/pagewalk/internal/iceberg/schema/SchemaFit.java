package io.pagewalk.internal.iceberg.schema;

import io.pagewalk.error.UsageException;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.table.RowShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.PrimitiveType;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Gives a table what it lacks for the rows of an export, or says why it cannot have them. */
public final class SchemaFit {
    private final String table;
    private final Schema schema;
    private final UpdateSchema update;
    private boolean changed;

    private SchemaFit(String table, Schema schema, UpdateSchema update) {
        this.table = table;
        this.schema = schema;
        this.update = update;
    }

    /**
     * Notes changes, which are not committed.
     *
     * @param table as messages name it
     * @return whether there are any
     * @throws UsageException if the table cannot hold the rows
     */
    public static boolean note(String table, Schema schema, RowShape shape, UpdateSchema update) {
        SchemaFit fit = new SchemaFit(table, schema, update);
        fit.members("", shape.columns(), schema.asStruct(), shape.dated());
        if (shape.dated()) {
            fit.date();
        }
        return fit.changed;
    }

    private void members(String path, List<Member> members, Types.StructType struct, boolean dated) {
        Set<String> names = new HashSet<>();
        for (Member member : members) {
            names.add(member.name());
            NestedField field = struct.field(member.name());
            if (field == null) {
                add(path, member);
            } else {
                field(path + member.name(), member, field);
            }
        }
        for (NestedField field : struct.fields()) {
            boolean isDate = dated && field.name().equals(RowShape.DATE_COLUMN);
            if (field.isRequired() && !names.contains(field.name()) && !isDate) {
                throw refusal(path + field.name(), "is required there, and the export does not have it");
            }
        }
    }

    /** Optional even where the export always has it: the table may have rows without. */
    private void add(String path, Member member) {
        Type type = TableSchemas.type(path + member.name(), member.type());
        update.addColumn(path.isEmpty() ? null : path.substring(0, path.length() - 1), member.name(), type);
        changed = true;
    }

    private void field(String path, Member member, NestedField field) {
        if (member.optional() && field.isRequired()) {
            update.makeColumnOptional(nameOf(field));
            changed = true;
        }
        type(path, member.type(), field);
    }

    private void type(String path, ColumnType type, NestedField field) {
        if (type instanceof ColumnType.Struct struct && field.type().isStructType()) {
            members(nameOf(field) + ".", struct.members(), field.type().asStructType(), false);
        } else if (type instanceof ColumnType.ListOf list && field.type().isListType()) {
            field(
                    path + ".element",
                    list.element(),
                    field.type().asListType().fields().get(0));
        } else if (type instanceof ColumnType.MapOf map && field.type().isMapType()) {
            List<NestedField> parts = field.type().asMapType().fields();
            key(path + ".key", map.key(), parts.get(0));
            field(path + ".value", map.value(), parts.get(1));
        } else if (type instanceof ColumnType.Scalar && field.type().isPrimitiveType()) {
            scalar(path, type, field);
        } else {
            throw refusal(path, "is " + field.type() + " there, and " + name(type) + " in the export");
        }
    }

    /** A table's keys stay as they are. */
    private void key(String path, ColumnType type, NestedField field) {
        Type wanted = TableSchemas.type(path, type);
        if (!field.type().isPrimitiveType() || !holds(field.type().asPrimitiveType(), wanted)) {
            throw refusal(path, "is " + field.type() + " there, and " + wanted + " in the export");
        }
    }

    private void scalar(String path, ColumnType type, NestedField field) {
        PrimitiveType wanted = TableSchemas.type(path, type).asPrimitiveType();
        PrimitiveType present = field.type().asPrimitiveType();
        if (holds(present, wanted)) {
            return;
        }
        if (!isPromotion(present, wanted)) {
            throw refusal(path, "is " + present + " there, and " + wanted + " in the export");
        }
        update.updateColumn(nameOf(field), wanted);
        changed = true;
    }

    private static boolean holds(PrimitiveType present, Type wanted) {
        return present.equals(wanted) || isPromotion(wanted.asPrimitiveType(), present);
    }

    /** Iceberg counts a date that becomes a timestamp as one in newer formats; files of either cannot be read as the other. */
    private static boolean isPromotion(PrimitiveType from, PrimitiveType to) {
        return from.typeId() != Type.TypeID.DATE
                && from.typeId() != Type.TypeID.UNKNOWN
                && TypeUtil.isPromotionAllowed(from, to);
    }

    private void date() {
        NestedField field = schema.findField(RowShape.DATE_COLUMN);
        if (field == null) {
            update.addColumn(
                    null, RowShape.DATE_COLUMN, Types.DateType.get(), "the date of the window that a row is in");
            changed = true;
        } else if (field.type().typeId() != Type.TypeID.DATE) {
            throw refusal(
                    RowShape.DATE_COLUMN, "is " + field.type() + " there, and holds the dates of the export's windows");
        }
    }

    /** As an update takes it. */
    private String nameOf(NestedField field) {
        return schema.findColumnName(field.fieldId());
    }

    private static String name(ColumnType type) {
        return type instanceof ColumnType.Struct
                ? "struct"
                : type instanceof ColumnType.ListOf
                        ? "list"
                        : type instanceof ColumnType.MapOf ? "map" : type.toString();
    }

    private UsageException refusal(String path, String why) {
        return new UsageException(table + " cannot hold the export: its column " + path + " " + why
                + "; name another table, or change this one");
    }
}
