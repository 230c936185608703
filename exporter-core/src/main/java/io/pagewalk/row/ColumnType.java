package io.pagewalk.row;

import java.util.List;
import java.util.Locale;

/** What a typed column, or a part of one, holds. Immutable; two that are equal are written alike. */
public sealed interface ColumnType {
    /** A value without parts. A column of these is a leaf. */
    record Scalar(ScalarKind kind, int precision, int scale) implements ColumnType {
        /** The most digits that readers take. */
        public static final int MAX_PRECISION = 38;
        /** Decimals of at most so many digits fit into 64 bits. */
        public static final int MAX_LONG_PRECISION = 18;

        /** Checks the numbers. */
        public Scalar {
            boolean fits = switch (kind) {
                case DECIMAL -> precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision;
                case FIXED -> precision >= 1 && scale == 0;
                default -> precision == 0 && scale == 0;
            };
            if (!fits) {
                throw new IllegalArgumentException(kind + "(" + precision + ", " + scale + ")");
            }
        }

        /** One that needs nothing but its kind. */
        public static Scalar of(ScalarKind kind) {
            return new Scalar(kind, 0, 0);
        }

        /**
         * A decimal.
         *
         * @param precision how many digits it has, of which {@code scale} are behind the point
         */
        public static Scalar decimal(int precision, int scale) {
            return new Scalar(ScalarKind.DECIMAL, precision, scale);
        }

        /**
         * Bytes of one length.
         *
         * @param length how many bytes each value has, at least 1
         */
        public static Scalar fixed(int length) {
            return new Scalar(ScalarKind.FIXED, length, 0);
        }

        /** As people read it, such as {@code int64} and {@code decimal(12, 2)}. */
        @Override
        public String toString() {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            return switch (kind) {
                case DECIMAL -> name + "(" + precision + ", " + scale + ")";
                case FIXED -> name + "(" + precision + ")";
                default -> name;
            };
        }

        /** Whether values are numbers of {@link RowEvents#number}; the others are bytes. */
        public boolean isNumber() {
            return kind.isNumber() && !(kind == ScalarKind.DECIMAL && precision > MAX_LONG_PRECISION);
        }
    }

    /** Named parts, at least one. No two have the same name. */
    record Struct(List<Member> members) implements ColumnType {
        /** Keeps a copy. */
        public Struct {
            members = List.copyOf(members);
            if (members.isEmpty()
                    || members.stream().map(Member::name).distinct().count() < members.size()) {
                throw new IllegalArgumentException(members.toString());
            }
        }
    }

    /** Any number of values. The member's name is {@code element}. */
    record ListOf(Member element) implements ColumnType {}

    /** Values by keys, each key once. The members' names are {@code key} and {@code value}. */
    record MapOf(Scalar key, Member value) implements ColumnType {}
}
