package io.pagewalk.internal.schema.protobuf;

/** What the lowest three bits of a tag say. */
final class WireType {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int GROUP_START = 3;
    static final int GROUP_END = 4;
    static final int FIXED32 = 5;

    private WireType() {}
}
