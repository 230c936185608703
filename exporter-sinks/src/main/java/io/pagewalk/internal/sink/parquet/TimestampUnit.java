package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.UsageException;
import io.pagewalk.row.ScalarKind;
import java.util.Locale;

/** What the column of timestamps counts in, since the epoch. Kafka's own timestamps are milliseconds. */
public enum TimestampUnit {
    /** What table formats count in. Some readers of theirs take statistics in milliseconds for these, and then skip rows. */
    MICROS(ScalarKind.TIMESTAMP_MICROS, 1000),
    MILLIS(ScalarKind.TIMESTAMP_MILLIS, 1);

    private final ScalarKind kind;
    private final long perMilli;

    TimestampUnit(ScalarKind kind, long perMilli) {
        this.kind = kind;
        this.perMilli = perMilli;
    }

    /**
     * The unit with the name, in whatever case.
     *
     * @throws UsageException if there is none
     */
    public static TimestampUnit of(String name) {
        for (TimestampUnit unit : values()) {
            if (unit.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return unit;
            }
        }
        throw new UsageException("there is no timestamp unit '" + name + "'; choose one of " + MICROS + ", " + MILLIS);
    }

    ScalarKind kind() {
        return kind;
    }

    boolean fits(long millis) {
        return millis <= Long.MAX_VALUE / perMilli && millis >= Long.MIN_VALUE / perMilli;
    }

    /** @param millis that {@link #fits} */
    long fromMillis(long millis) {
        return millis * perMilli;
    }

    long toMillis(long units) {
        return Math.floorDiv(units, perMilli);
    }

    /** The name as options write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
