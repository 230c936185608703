package io.pagewalk.row;

/** The kinds of values without parts, and how {@link RowEvents} holds each. */
public enum ScalarKind {
    /** A number that is 0 or 1. */
    BOOLEAN(true),
    /** A number in 32 bits. */
    INT32(true),
    /** A number in 64 bits. */
    INT64(true),
    /** The bits of {@link Float#floatToRawIntBits}, as a number. */
    FLOAT(true),
    /** The bits of {@link Double#doubleToRawLongBits}, as a number. */
    DOUBLE(true),
    /**
     * The unscaled value: a number where the precision is at most {@link ColumnType.Scalar#MAX_LONG_PRECISION}, else bytes in two's
     * complement, big-endian, as few as it takes.
     */
    DECIMAL(true),
    /** Days since 1970-01-01, as a number. */
    DATE(true),
    /** An instant: a number of milliseconds since 1970 in UTC. */
    TIMESTAMP_MILLIS(true),
    /** An instant: a number of microseconds since 1970 in UTC. */
    TIMESTAMP_MICROS(true),
    /** An instant: a number of nanoseconds since 1970 in UTC. */
    TIMESTAMP_NANOS(true),
    /** A date and time of day, wherever that is: as if it were {@link #TIMESTAMP_MILLIS} in UTC. */
    LOCAL_TIMESTAMP_MILLIS(true),
    /** A date and time of day, wherever that is: as if it were {@link #TIMESTAMP_MICROS} in UTC. */
    LOCAL_TIMESTAMP_MICROS(true),
    /** A date and time of day, wherever that is: as if it were {@link #TIMESTAMP_NANOS} in UTC. */
    LOCAL_TIMESTAMP_NANOS(true),
    /** Bytes that are UTF-8. */
    STRING(false),
    /** Bytes that are one JSON text in UTF-8. */
    JSON(false),
    /** Any bytes. */
    BYTES(false),
    /** Bytes, as many as {@link ColumnType.Scalar#precision()} says. */
    FIXED(false);

    private final boolean number;

    ScalarKind(boolean number) {
        this.number = number;
    }

    boolean isNumber() {
        return number;
    }
}
