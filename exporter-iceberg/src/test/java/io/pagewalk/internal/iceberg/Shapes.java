package io.pagewalk.internal.iceberg;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.ListOf;
import io.pagewalk.row.ColumnType.MapOf;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ColumnType.Struct;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.table.RowShape;
import java.util.ArrayList;
import java.util.List;

/** Rows of exports, as tests need them. */
final class Shapes {
    private Shapes() {}

    static RowShape plain() {
        return new RowShape(columns(ScalarKind.TIMESTAMP_MICROS), false);
    }

    static RowShape dated() {
        return new RowShape(columns(ScalarKind.TIMESTAMP_MICROS), true);
    }

    static List<Member> columns(ScalarKind timestamps) {
        return RecordColumns.of(
                new PayloadFormats(PayloadFormat.STRING, PayloadFormat.BYTES, PayloadFormat.STRING), timestamps);
    }

    /** With a value of that type in the place of the plain one. */
    static RowShape typed(ColumnType value, boolean dated) {
        List<Member> columns = new ArrayList<>(columns(ScalarKind.TIMESTAMP_MICROS));
        columns.replaceAll(column -> column.name().equals("value") ? Member.optional("value", value) : column);
        return new RowShape(columns, dated);
    }

    /** One of each kind that a table can have. */
    static Struct allKinds() {
        return new Struct(List.of(
                Member.required("id", Scalar.of(ScalarKind.INT64)),
                Member.optional("flag", Scalar.of(ScalarKind.BOOLEAN)),
                Member.optional("small", Scalar.of(ScalarKind.INT32)),
                Member.optional("ratio", Scalar.of(ScalarKind.FLOAT)),
                Member.optional("score", Scalar.of(ScalarKind.DOUBLE)),
                Member.optional("price", Scalar.decimal(12, 2)),
                Member.optional("born", Scalar.of(ScalarKind.DATE)),
                Member.optional("at", Scalar.of(ScalarKind.TIMESTAMP_MICROS)),
                Member.optional("wall", Scalar.of(ScalarKind.LOCAL_TIMESTAMP_MICROS)),
                Member.optional("text", Scalar.of(ScalarKind.STRING)),
                Member.optional("json", Scalar.of(ScalarKind.JSON)),
                Member.optional("raw", Scalar.of(ScalarKind.BYTES)),
                Member.optional("digest", Scalar.fixed(4)),
                Member.optional("tags", new ListOf(Member.required("element", Scalar.of(ScalarKind.STRING)))),
                Member.optional(
                        "prices",
                        new MapOf(
                                Scalar.of(ScalarKind.STRING),
                                Member.optional(
                                        "value",
                                        new Struct(List.of(Member.required("cents", Scalar.of(ScalarKind.INT32)))))))));
    }
}
