package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.EventBound;
import io.pagewalk.internal.schema.walk.LastOfEach;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowEvents;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A payload while it is read: where reading stands, what was found, and where its values go. Used again for the next one. */
final class WirePayload {
    /** How deep messages may be nested, as in all of Protobuf's own readers. */
    static final int MAX_DEPTH = 100;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_VARINT_BITS = 70;
    private static final String TRUNCATED = "payload ends within a value";

    private final Notes notes = new Notes();
    private final ByteText text = new ByteText();
    private final boolean refusesUnknown;
    private byte[] bytes = {};
    private RowEvents events = new RowEvents();
    private final LastOfEach.Keys texts = (one, other) ->
            Arrays.compareUnsigned(bytes, Notes.from(one), Notes.to(one), bytes, Notes.from(other), Notes.to(other));
    private int length;
    private int at;
    private int depth;
    private long unknownFields;
    private long cutTimes;

    /** @param refusesUnknown whether a field is bad that the schema does not have */
    WirePayload(boolean refusesUnknown) {
        this.refusesUnknown = refusesUnknown;
    }

    void begin(byte[] newBytes, int newLength, RowEvents into) {
        bytes = newBytes;
        length = newLength;
        events = into;
        depth = 0;
        notes.begin();
        text.clear();
        into.begin(newBytes);
    }

    byte[] bytes() {
        return bytes;
    }

    RowEvents events() {
        return events;
    }

    Notes notes() {
        return notes;
    }

    /** A text that is being made, and what was made before within the same one. */
    ByteText text() {
        return text;
    }

    long unknownFields() {
        return unknownFields;
    }

    /** A field that the schema does not have, or has of another wire type. */
    void unknown(int number) throws BadPayloadException {
        if (refusesUnknown) {
            throw new BadPayloadException("the schema has no such field").within(Integer.toString(number));
        }
        unknownFields++;
    }

    long cutTimes() {
        return cutTimes;
    }

    void countCutTime() {
        cutTimes++;
    }

    /** Looks whether the payload has come to no more values than it may. */
    void checkSize() throws BadPayloadException {
        EventBound.check(events, length);
    }

    /** Compares keys of maps that are text, given as ranges. */
    LastOfEach.Keys texts() {
        return texts;
    }

    /** One message deeper. */
    void enter() throws BadPayloadException {
        if (depth == MAX_DEPTH) {
            throw new BadPayloadException("messages are nested more than 100 deep");
        }
        depth++;
    }

    /** Out of it again. */
    void leave() {
        depth--;
    }

    int at() {
        return at;
    }

    void seek(int position) {
        at = position;
    }

    /** A value as it is on the wire; of one that is delimited, its range as {@link Notes#range} has it. Of a group there is none. */
    long value(int number, int wireType, int to) throws BadPayloadException {
        return switch (wireType) {
            case WireType.VARINT -> varint(to);
            case WireType.FIXED64 -> fixed64(to);
            case WireType.DELIMITED -> delimited(to);
            case WireType.FIXED32 -> fixed32(to);
            case WireType.GROUP_START -> {
                skipGroup(number, to);
                yield 0;
            }
            default -> throw new BadPayloadException("no such wire type, or the end of a group that did not begin");
        };
    }

    private long delimited(int to) throws BadPayloadException {
        int size = (int) varint(to);
        if (size < 0 || size > to - at) {
            throw new BadPayloadException(TRUNCATED);
        }
        int from = at;
        at += size;
        return Notes.range(from, at);
    }

    /** One value of a field that is packed; reading stands at it. */
    long packed(int wireType, int to) throws BadPayloadException {
        return switch (wireType) {
            case WireType.VARINT -> varint(to);
            case WireType.FIXED64 -> fixed64(to);
            default -> fixed32(to);
        };
    }

    long varint(int to) throws BadPayloadException {
        if (at < to) {
            byte first = bytes[at];
            if (first >= 0) {
                at++;
                return first;
            }
        }
        return longVarint(to);
    }

    private long longVarint(int to) throws BadPayloadException {
        long value = 0;
        int position = at;
        for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
            if (position >= to) {
                throw new BadPayloadException(TRUNCATED);
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                at = position;
                return value;
            }
        }
        throw new BadPayloadException("varint has more than 10 bytes");
    }

    private long fixed64(int to) throws BadPayloadException {
        if (to - at < Long.BYTES) {
            throw new BadPayloadException(TRUNCATED);
        }
        long value = (long) LONGS.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    private long fixed32(int to) throws BadPayloadException {
        if (to - at < Integer.BYTES) {
            throw new BadPayloadException(TRUNCATED);
        }
        int value = (int) INTS.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    private void skipGroup(int group, int to) throws BadPayloadException {
        enter();
        while (true) {
            if (at >= to) {
                throw new BadPayloadException(TRUNCATED);
            }
            int tag = (int) varint(to);
            int number = tag >>> 3;
            int wireType = tag & 7;
            if (number == 0) {
                throw new BadPayloadException("field number is 0");
            }
            if (wireType == WireType.GROUP_END) {
                if (number != group) {
                    throw new BadPayloadException("a group ends as another one");
                }
                leave();
                return;
            }
            value(number, wireType, to);
        }
    }
}
