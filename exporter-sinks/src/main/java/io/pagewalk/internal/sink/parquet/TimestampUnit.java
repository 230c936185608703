package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.UsageException;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;

/** What the column of timestamps counts in, since the epoch. Kafka's own timestamps are milliseconds. */
public enum TimestampUnit {
    /** What table formats count in. Some readers of theirs take statistics in milliseconds for these, and then skip rows. */
    MICROS(TimeUnit.MICROS, 1000),
    MILLIS(TimeUnit.MILLIS, 1);

    private final TimeUnit annotation;
    private final long perMilli;

    TimestampUnit(TimeUnit annotation, long perMilli) {
        this.annotation = annotation;
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

    TimeUnit annotation() {
        return annotation;
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
