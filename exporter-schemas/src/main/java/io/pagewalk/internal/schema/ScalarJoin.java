package io.pagewalk.internal.schema;

import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ScalarKind;
import org.jspecify.annotations.Nullable;

/**
 * Which types without parts have one that holds the values of both, exactly. Not joined, though Avro would: long to double or float and
 * int to float, which lose digits, and text with bytes.
 */
public final class ScalarJoin {
    private ScalarJoin() {}

    /** The type of both, in whatever order; null if there is none. */
    public static @Nullable Scalar join(Scalar one, Scalar other) {
        if (one.equals(other)) {
            return one;
        }
        ScalarKind kind = one.kind();
        ScalarKind second = other.kind();
        if (kind == ScalarKind.DECIMAL && second == ScalarKind.DECIMAL) {
            int scale = Math.max(one.scale(), other.scale());
            int whole = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
            return Scalar.decimal(Math.min(Scalar.MAX_PRECISION, whole + scale), scale);
        }
        if (Timestamps.alike(kind, second)) {
            return Timestamps.perSecond(kind) > Timestamps.perSecond(second) ? one : other;
        }
        if (are(kind, second, ScalarKind.INT32, ScalarKind.INT64)) {
            return Scalar.of(ScalarKind.INT64);
        }
        if (are(kind, second, ScalarKind.FLOAT, ScalarKind.DOUBLE)
                || are(kind, second, ScalarKind.INT32, ScalarKind.DOUBLE)) {
            return Scalar.of(ScalarKind.DOUBLE);
        }
        if (are(kind, second, ScalarKind.FIXED, ScalarKind.BYTES)
                || (kind == ScalarKind.FIXED && second == ScalarKind.FIXED)) {
            return Scalar.of(ScalarKind.BYTES);
        }
        return null;
    }

    private static boolean are(ScalarKind kind, ScalarKind second, ScalarKind one, ScalarKind other) {
        return (kind == one && second == other) || (kind == other && second == one);
    }

    /** Whether values of one type become values of another one. Times go to any unit, also to a coarser one. */
    public static boolean converts(Scalar from, Scalar to) {
        return to.equals(join(from, to)) || Timestamps.alike(from.kind(), to.kind());
    }
}
