package io.pagewalk.internal.schema;

import io.pagewalk.row.ScalarKind;
import java.util.concurrent.TimeUnit;

/** The kinds of values that are times: instants and local ones, in three units each. */
public final class Timestamps {
    private Timestamps() {}

    /** Whether values of a kind are times. */
    public static boolean isOne(ScalarKind kind) {
        return isInstant(kind) || isLocal(kind);
    }

    static boolean isInstant(ScalarKind kind) {
        return kind == ScalarKind.TIMESTAMP_MILLIS
                || kind == ScalarKind.TIMESTAMP_MICROS
                || kind == ScalarKind.TIMESTAMP_NANOS;
    }

    private static boolean isLocal(ScalarKind kind) {
        return kind == ScalarKind.LOCAL_TIMESTAMP_MILLIS
                || kind == ScalarKind.LOCAL_TIMESTAMP_MICROS
                || kind == ScalarKind.LOCAL_TIMESTAMP_NANOS;
    }

    /** Whether both are instants, or both local. */
    static boolean alike(ScalarKind one, ScalarKind other) {
        return (isInstant(one) && isInstant(other)) || (isLocal(one) && isLocal(other));
    }

    /** How many units a second has. */
    public static long perSecond(ScalarKind kind) {
        return switch (kind) {
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> 1_000;
            case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS -> 1_000_000;
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> 1_000_000_000;
            default -> throw new IllegalArgumentException(kind.toString());
        };
    }

    /** The same kind of time in another unit. */
    public static ScalarKind in(TimeUnit unit, ScalarKind kind) {
        boolean instant = isInstant(kind);
        return switch (unit) {
            case MILLISECONDS -> instant ? ScalarKind.TIMESTAMP_MILLIS : ScalarKind.LOCAL_TIMESTAMP_MILLIS;
            case MICROSECONDS -> instant ? ScalarKind.TIMESTAMP_MICROS : ScalarKind.LOCAL_TIMESTAMP_MICROS;
            case NANOSECONDS -> instant ? ScalarKind.TIMESTAMP_NANOS : ScalarKind.LOCAL_TIMESTAMP_NANOS;
            default -> throw new IllegalArgumentException(unit.toString());
        };
    }
}
