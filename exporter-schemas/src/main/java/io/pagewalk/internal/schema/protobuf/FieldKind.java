package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ScalarKind;
import java.util.Locale;

/** The types of fields: how each is on the wire, and what it is in a table. */
enum FieldKind {
    DOUBLE(WireType.FIXED64, ScalarKind.DOUBLE),
    FLOAT(WireType.FIXED32, ScalarKind.FLOAT),
    INT32(WireType.VARINT, ScalarKind.INT32),
    INT64(WireType.VARINT, ScalarKind.INT64),
    UINT32(WireType.VARINT, ScalarKind.INT64),
    UINT64(WireType.VARINT, ScalarKind.DECIMAL),
    SINT32(WireType.VARINT, ScalarKind.INT32),
    SINT64(WireType.VARINT, ScalarKind.INT64),
    FIXED32(WireType.FIXED32, ScalarKind.INT64),
    FIXED64(WireType.FIXED64, ScalarKind.DECIMAL),
    SFIXED32(WireType.FIXED32, ScalarKind.INT32),
    SFIXED64(WireType.FIXED64, ScalarKind.INT64),
    BOOL(WireType.VARINT, ScalarKind.BOOLEAN),
    STRING(WireType.DELIMITED, ScalarKind.STRING),
    BYTES(WireType.DELIMITED, ScalarKind.BYTES),
    ENUM(WireType.VARINT, ScalarKind.STRING),
    /** A message; also an entry of a map. In a table it is a struct, unless it is a well-known one. */
    MESSAGE(WireType.DELIMITED, ScalarKind.JSON);

    /** The largest number of 64 bits without a sign has so many digits. */
    private static final int UNSIGNED_DIGITS = 20;

    final int wireType;
    private final ScalarKind kind;

    FieldKind(int wireType, ScalarKind kind) {
        this.wireType = wireType;
        this.kind = kind;
    }

    /** What values are in a table. */
    Scalar scalar() {
        return kind == ScalarKind.DECIMAL ? Scalar.decimal(UNSIGNED_DIGITS, 0) : Scalar.of(kind);
    }

    /** By what it is called in schemas. */
    static FieldKind ofScalar(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether several values may stand in one field on the wire. */
    boolean isPackable() {
        return wireType != WireType.DELIMITED;
    }

    /** Whether a value has 64 bits and no sign, and so is no number of a table's. */
    boolean isUnsigned64() {
        return this == UINT64 || this == FIXED64;
    }

    /** What was read from the wire, as a number of a table's; for those that are numbers there. */
    long number(long wire) {
        return switch (this) {
            case INT32, SFIXED32, FLOAT -> (int) wire;
            case UINT32, FIXED32 -> wire & 0xFFFF_FFFFL;
            case SINT32 -> ((int) wire >>> 1) ^ -(wire & 1);
            case SINT64 -> (wire >>> 1) ^ -(wire & 1);
            case BOOL -> wire == 0 ? 0 : 1;
            default -> wire;
        };
    }
}
