package io.pagewalk.internal.sink.reader;

import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a query asks of a column: a reader that skips row groups or pages by their statistics, indexes or dictionaries must lose
 * no row by it.
 *
 * @param low the least value, in microseconds for timestamps; what is absent is not looked at
 * @param high the greatest value
 */
public record Condition(Column column, Kind kind, Object low, Object high) {
    private static final int SOME = 4;

    /** The columns that are asked for, by their names in the file. */
    public enum Column {
        topic,
        partition,
        offset,
        timestamp,
        timestampType,
        key,
        value
    }

    /** What is asked. */
    public enum Kind {
        BETWEEN,
        NULL,
        NOT_NULL
    }

    /** Some conditions, which few, many or none of the records meet. */
    public static List<Condition> some(List<RecordView> records, long seed) {
        Random random = new Random(seed);
        List<Condition> conditions = all(records, random);
        Collections.shuffle(conditions, random);
        return conditions.subList(0, SOME);
    }

    private static List<Condition> all(List<RecordView> records, Random random) {
        List<Condition> conditions = new ArrayList<>();
        for (Column column : new Column[] {Column.topic, Column.partition, Column.timestampType}) {
            RecordView one = records.get(random.nextInt(records.size()));
            conditions.add(between(column, one, one));
        }
        for (Column column : new Column[] {Column.offset, Column.timestamp}) {
            int from = random.nextInt(records.size());
            int to = from + random.nextInt(records.size() - from);
            conditions.add(between(column, records.get(from), records.get(to)));
            conditions.add(between(column, records.get(from), records.get(from)));
            conditions.add(between(column, records.get(0), records.get(0)));
            conditions.add(between(column, records.get(records.size() - 1), records.get(records.size() - 1)));
        }
        conditions.add(new Condition(Column.partition, Kind.BETWEEN, -2, -1));
        conditions.add(new Condition(Column.key, Kind.NULL, null, null));
        conditions.add(new Condition(Column.value, Kind.NOT_NULL, null, null));
        return conditions;
    }

    private static Condition between(Column column, RecordView low, RecordView high) {
        return new Condition(column, Kind.BETWEEN, of(column, low), of(column, high));
    }

    public boolean matches(RecordView record) {
        Object value = of(column, record);
        return switch (kind) {
            case NULL -> value == null;
            case NOT_NULL -> value != null;
            case BETWEEN -> compare(low, value) <= 0 && compare(value, high) <= 0;
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    private static Object of(Column column, RecordView record) {
        return switch (column) {
            case topic -> record.topic();
            case partition -> record.partition();
            case offset -> record.offset();
            case timestamp -> record.timestamp() * 1000;
            case timestampType -> record.timestampType().toString();
            case key -> record.key();
            case value -> record.value();
        };
    }

    /**
     * The condition in SQL.
     *
     * @param quote what names of columns are put in
     * @param timestamp the function that makes a timestamp of microseconds
     */
    public String sql(String quote, String timestamp) {
        String name = quote + column + quote;
        return switch (kind) {
            case NULL -> name + " is null";
            case NOT_NULL -> name + " is not null";
            case BETWEEN -> name + " between " + literal(low, timestamp) + " and " + literal(high, timestamp);
        };
    }

    private String literal(Object constant, String timestamp) {
        if (column == Column.timestamp) {
            return timestamp + "(" + constant + ")";
        }
        return constant instanceof String ? "'" + constant + "'" : constant.toString();
    }
}
