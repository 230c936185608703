package io.pagewalk.internal.schema.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.record.ByteView;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FrameParser} found about one payload: the key of its schema, where its body is, and which of the schema's messages it
 * is of. It is used again for the next payload, and holds nothing of its own: it is valid as long as the record is, and until the
 * parser is used again. Confined to one thread.
 */
public final class Frame {
    /** So deep can messages be within each other. */
    static final int MAX_INDEXES = 64;
    /** The longest name of a message that is taken for one, in bytes. */
    static final int MAX_NAME = 1024;

    enum KeyKind {
        NONE,
        ID,
        GUID,
        CONTENT,
        GLOBAL,
        GLUE,
        COORDINATES
    }

    private static final byte[] NOTHING = {};

    private KeyKind kind = KeyKind.NONE;
    private long high;
    private long low;
    private SchemaKey.@Nullable Coordinates coordinates;
    private byte[] array = NOTHING;
    private int offset;
    private int end;
    private final int[] indexes = new int[MAX_INDEXES];
    private int indexCount;
    private byte[] nameArray = NOTHING;
    private int nameOffset;
    private int nameLength;
    private @Nullable FrameFault fault;

    /** Begins with a payload whose body is all of it. */
    void begin(ByteView payload) {
        kind = KeyKind.NONE;
        coordinates = null;
        body(payload.array(), payload.offset(), payload.end());
        indexCount = 0;
        nameLength = 0;
        fault = null;
    }

    boolean failed(FrameFault why) {
        fault = why;
        kind = KeyKind.NONE;
        return false;
    }

    void key(KeyKind newKind, long newHigh, long newLow) {
        kind = newKind;
        high = newHigh;
        low = newLow;
    }

    void key(SchemaKey.Coordinates names) {
        key(KeyKind.COORDINATES, 0, names.hashCode());
        coordinates = names;
    }

    void body(byte[] newArray, int newOffset, int newEnd) {
        array = newArray;
        offset = newOffset;
        end = newEnd;
    }

    void bodyBegins(int newOffset) {
        offset = newOffset;
    }

    void index(int value) {
        indexes[indexCount++] = value;
    }

    void name(byte[] newArray, int newOffset, int newLength) {
        nameArray = newArray;
        nameOffset = newOffset;
        nameLength = newLength;
    }

    /** Why there is no frame; null if there is one. */
    public @Nullable FrameFault fault() {
        return fault;
    }

    /** The array that the body is in; not to be changed. */
    public byte[] array() {
        return array;
    }

    /** Where in {@link #array()} the body begins. */
    public int offset() {
        return offset;
    }

    /** Where in {@link #array()} it ends, exclusive. */
    public int end() {
        return end;
    }

    /** How many numbers say which message it is; 0 if none do. */
    public int messageDepth() {
        return indexCount;
    }

    /**
     * Which message it is, in the order of the schema: first of the file's, then of those within that one, and so on.
     *
     * @param level from 0, below {@link #messageDepth()}
     */
    public int messageIndex(int level) {
        if (level >= indexCount) {
            throw new IndexOutOfBoundsException(level);
        }
        return indexes[level];
    }

    /** The name that says which message it is, mostly without those of what it is within; null if none does. Makes a string. */
    public @Nullable String messageName() {
        return nameLength == 0 ? null : new String(nameArray, nameOffset, nameLength, UTF_8);
    }

    /**
     * What the schema is called. Makes an object: {@link FrameTable} does without.
     *
     * @throws IllegalStateException if there is no frame
     */
    public SchemaKey key() {
        return switch (kind) {
            case ID -> new SchemaKey.Id((int) low);
            case GUID -> new SchemaKey.Guid(new UUID(high, low));
            case CONTENT -> new SchemaKey.ContentId(low);
            case GLOBAL -> new SchemaKey.GlobalId(low);
            case GLUE -> new SchemaKey.GlueVersion(new UUID(high, low));
            case COORDINATES -> coordinates();
            case NONE -> throw new IllegalStateException("no frame");
        };
    }

    private SchemaKey.Coordinates coordinates() {
        if (coordinates == null) {
            throw new IllegalStateException("no coordinates");
        }
        return coordinates;
    }

    /** Equal of two that are of the same message of the same schema. */
    int hash() {
        int hash = 31 * Long.hashCode(high) + Long.hashCode(low);
        for (int i = 0; i < indexCount; i++) {
            hash = 31 * hash + indexes[i];
        }
        for (int i = 0; i < nameLength; i++) {
            hash = 31 * hash + nameArray[nameOffset + i];
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    /** Whether it is of the same message of the same schema. */
    boolean matches(Frame other) {
        return low == other.low
                && high == other.high
                && kind == other.kind
                && indexCount == other.indexCount
                && nameLength == other.nameLength
                && Arrays.equals(indexes, 0, indexCount, other.indexes, 0, indexCount)
                && Arrays.equals(
                        nameArray,
                        nameOffset,
                        nameOffset + nameLength,
                        other.nameArray,
                        other.nameOffset,
                        other.nameOffset + nameLength)
                && (coordinates == null || coordinates.equals(other.coordinates));
    }

    /** What it is of, without the payload. */
    Frame kept() {
        Frame copy = new Frame();
        copy.key(kind, high, low);
        copy.coordinates = coordinates;
        System.arraycopy(indexes, 0, copy.indexes, 0, indexCount);
        copy.indexCount = indexCount;
        copy.name(Arrays.copyOfRange(nameArray, nameOffset, nameOffset + nameLength), 0, nameLength);
        return copy;
    }
}
