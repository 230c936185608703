package io.pagewalk.internal.sink.reader;

import io.pagewalk.internal.sink.parquet.TimestampUnit;
import io.pagewalk.record.RecordView;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a column holds for the rows of a row group, as far as its pages, its indexes and its statistics speak of it. */
final class ColumnValues {
    private final String column;
    private final TimestampUnit unit;
    private final List<RecordView> rows;

    ColumnValues(String column, TimestampUnit unit, List<RecordView> rows) {
        this.column = column;
        this.unit = unit;
        this.rows = rows;
    }

    /** Whether the column has to have bounds in statistics and indexes. */
    boolean isBounded() {
        return column.equals("partition") || column.equals("offset") || column.equals("timestamp");
    }

    long min(int from, int to) {
        return rows.subList(from, to).stream().mapToLong(number()).min().orElseThrow();
    }

    long max(int from, int to) {
        return rows.subList(from, to).stream().mapToLong(number()).max().orElseThrow();
    }

    private ToLongFunction<RecordView> number() {
        return switch (column) {
            case "partition" -> RecordView::partition;
            case "offset" -> RecordView::offset;
            default -> row -> unit == TimestampUnit.MICROS ? row.timestamp() * 1000 : row.timestamp();
        };
    }

    /** How many values, nulls among them, the rows have: one each, unless they have several headers. */
    long count(int from, int to) {
        return rows.subList(from, to).stream()
                .mapToLong(row -> isOfHeaders() ? Math.max(1, row.headerCount()) : 1)
                .sum();
    }

    long nulls(int from, int to) {
        return rows.subList(from, to).stream().mapToLong(this::nulls).sum();
    }

    private long nulls(RecordView row) {
        return switch (column) {
            case "key" -> row.key() == null ? 1 : 0;
            case "value" -> row.value() == null ? 1 : 0;
            case "headers.list.element.key" -> row.headerCount() == 0 ? 1 : 0;
            case "headers.list.element.value" -> row.headerCount() == 0 ? 1 : nullHeaderValues(row);
            default -> 0;
        };
    }

    private static long nullHeaderValues(RecordView row) {
        long nulls = 0;
        for (int i = 0; i < row.headerCount(); i++) {
            nulls += row.header(i).value() == null ? 1 : 0;
        }
        return nulls;
    }

    private boolean isOfHeaders() {
        return column.startsWith("headers.");
    }

    int rows() {
        return rows.size();
    }
}
