package io.pagewalk.internal.schema.frame;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one kind. It looks at the frame alone, and copies nothing but what is compressed; it makes no objects, except where
 * Apicurio's headers name an artifact. Confined to one thread.
 */
public final class FrameParser {
    private static final int ID = 5;
    private static final int LONG_ID = 9;
    private static final int GUID = 17;
    private static final int GLUE = 18;
    private static final int GLUE_VERSION = 3;
    private static final int ZLIB = 5;
    private static final int REFERENCE_NAME = 0x0A;
    private static final int MAX_VARINT = 5;

    private final FrameKind kind;
    private final boolean messages;
    private final FrameHeaders headers;
    private final int largest;
    private @Nullable Inflation inflation;

    /** Where {@link #varint} reads. */
    private int at;

    /**
     * @param ofKeys whether payloads are keys, else values
     * @param messages whether they are Protobuf, whose frames say which of a schema's messages it is
     * @param largest how many bytes a value that is compressed may have
     */
    public FrameParser(FrameKind kind, boolean ofKeys, boolean messages, int largest) {
        this.kind = kind;
        this.messages = messages;
        this.headers = new FrameHeaders(ofKeys);
        this.largest = largest;
    }

    /**
     * Reads the frame of a payload.
     *
     * @param payload the record's key or value, which is not null
     * @param frame takes what it says
     * @return whether there is one; else the frame's fault says why not
     */
    public boolean parse(RecordView record, ByteView payload, Frame frame) {
        frame.begin(payload);
        boolean found = switch (kind) {
            case CONFLUENT -> confluent(record, payload, frame);
            case APICURIO_CONTENT, APICURIO_GLOBAL, APICURIO_HEADERS -> apicurio(record, payload, frame);
            case GLUE -> glue(payload, frame);
        };
        if (!found && frame.fault() == FrameFault.MISSING) {
            FrameFault other = other(record, payload);
            return other != null && frame.failed(other);
        }
        return found;
    }

    /** What a payload is instead that has none of the frames; null if that is not known. */
    static @Nullable FrameFault other(RecordView record, ByteView payload) {
        if (FrameHeaders.isAzure(record)) {
            return FrameFault.AZURE;
        }
        boolean single = payload.length() >= 10
                && payload.array()[payload.offset()] == (byte) 0xC3
                && payload.array()[payload.offset() + 1] == 1;
        return single ? FrameFault.SINGLE_OBJECT : null;
    }

    private boolean confluent(RecordView record, ByteView payload, Frame frame) {
        headers.findConfluent(record);
        ByteView header = headers.confluent;
        if (header == null) {
            if (!confluentKey(payload, frame)) {
                return frame.failed(FrameFault.MISSING);
            }
            if (messages && !indexes(payload.array(), payload.end(), frame)) {
                return frame.failed(FrameFault.MESSAGE);
            }
            frame.bodyBegins(at);
            return true;
        }
        if (!confluentKey(header, frame)) {
            return frame.failed(FrameFault.HEADER);
        }
        return !messages || indexes(header.array(), header.end(), frame) || frame.failed(FrameFault.MESSAGE);
    }

    /** Leaves {@link #at} behind it. */
    private boolean confluentKey(ByteView bytes, Frame frame) {
        byte[] array = bytes.array();
        int offset = bytes.offset();
        if (bytes.length() >= ID && array[offset] == 0) {
            frame.key(Frame.KeyKind.ID, 0, int32(array, offset + 1));
            at = offset + ID;
            return true;
        }
        if (bytes.length() >= GUID && array[offset] == 1) {
            frame.key(Frame.KeyKind.GUID, int64(array, offset + 1), int64(array, offset + 1 + Long.BYTES));
            at = offset + GUID;
            return true;
        }
        return false;
    }

    /** Which message it is, from {@link #at} on. */
    private boolean indexes(byte[] array, int end, Frame frame) {
        int count = zigzag(varint(array, end));
        if (at < 0 || count < 0 || count > Frame.MAX_INDEXES) {
            return false;
        }
        if (count == 0) {
            frame.index(0);
        }
        for (int i = 0; i < count; i++) {
            int index = zigzag(varint(array, end));
            if (at < 0 || index < 0) {
                return false;
            }
            frame.index(index);
        }
        return true;
    }

    private boolean apicurio(RecordView record, ByteView payload, Frame frame) {
        headers.findApicurio(record);
        if (headers.hasApicurio()) {
            return apicurioHeaders(frame);
        }
        int offset = payload.offset();
        byte[] array = payload.array();
        if (kind == FrameKind.APICURIO_HEADERS || payload.length() < ID || array[offset] != 0) {
            return frame.failed(FrameFault.MISSING);
        }
        int first = int32(array, offset + 1);
        boolean isLong = first == 0 && payload.length() >= LONG_ID;
        frame.key(
                kind == FrameKind.APICURIO_CONTENT ? Frame.KeyKind.CONTENT : Frame.KeyKind.GLOBAL,
                0,
                isLong ? int64(array, offset + 1) : first);
        at = offset + (isLong ? LONG_ID : ID);
        if (messages && !reference(array, payload.end(), frame)) {
            return frame.failed(FrameFault.MESSAGE);
        }
        frame.bodyBegins(at);
        return true;
    }

    private boolean apicurioHeaders(Frame frame) {
        if (headers.isJsonEncoded()) {
            return frame.failed(FrameFault.JSON_ENCODING);
        }
        ByteView number = headers.content != null ? headers.content : headers.global;
        if (number == null) {
            frame.key(new SchemaKey.Coordinates(
                    FrameHeaders.text(headers.group),
                    FrameHeaders.text(headers.artifact),
                    FrameHeaders.text(headers.version)));
        } else if (number.length() == Long.BYTES) {
            frame.key(
                    headers.content != null ? Frame.KeyKind.CONTENT : Frame.KeyKind.GLOBAL,
                    0,
                    int64(number.array(), number.offset()));
        } else {
            return frame.failed(FrameFault.HEADER);
        }
        ByteView name = headers.message;
        if (messages && name != null) {
            if (name.length() > Frame.MAX_NAME) {
                return frame.failed(FrameFault.MESSAGE);
            }
            frame.name(name.array(), name.offset(), name.length());
        }
        return true;
    }

    /** Apicurio's message that names a message, {@code Ref { string name = 1; }}, with its length before it; empty for the first one. */
    private boolean reference(byte[] array, int end, Frame frame) {
        int length = varint(array, end);
        if (at < 0 || length < 0 || length > end - at) {
            return false;
        }
        if (length == 0) {
            return true;
        }
        int behind = at + length;
        if (array[at++] != REFERENCE_NAME) {
            return false;
        }
        int name = varint(array, behind);
        if (at < 0 || name < 0 || name > Frame.MAX_NAME || name != behind - at) {
            return false;
        }
        frame.name(array, at, name);
        at = behind;
        return true;
    }

    private boolean glue(ByteView payload, Frame frame) {
        byte[] array = payload.array();
        int offset = payload.offset();
        if (payload.length() < GLUE || array[offset] != GLUE_VERSION) {
            return frame.failed(FrameFault.MISSING);
        }
        frame.key(Frame.KeyKind.GLUE, int64(array, offset + 2), int64(array, offset + 2 + Long.BYTES));
        byte compression = array[offset + 1];
        if (compression == ZLIB) {
            if (inflation == null) {
                inflation = new Inflation(largest);
            }
            FrameFault fault = inflation.inflate(array, offset + GLUE, payload.end());
            if (fault != null) {
                return frame.failed(fault);
            }
            frame.body(inflation.bytes(), 0, inflation.length());
        } else if (compression == 0) {
            frame.bodyBegins(offset + GLUE);
        } else {
            return frame.failed(FrameFault.COMPRESSION);
        }
        return !messages || glueMessage(frame) || frame.failed(FrameFault.MESSAGE);
    }

    /** Glue numbers a file's messages, those within others included, in an order of its own. */
    private boolean glueMessage(Frame frame) {
        at = frame.offset();
        int index = varint(frame.array(), frame.end());
        if (at < 0 || index < 0) {
            return false;
        }
        frame.index(index);
        frame.bodyBegins(at);
        return true;
    }

    /** A number of 32 bits from {@link #at} on, which is moved behind it, or to -1 if there is none. */
    private int varint(byte[] array, int end) {
        int value = 0;
        for (int i = 0; i < MAX_VARINT && at < end; i++) {
            byte b = array[at++];
            value |= (b & 0x7F) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        at = -1;
        return -1;
    }

    private static int zigzag(int value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static int int32(byte[] array, int offset) {
        return (array[offset] & 0xFF) << 24
                | (array[offset + 1] & 0xFF) << 16
                | (array[offset + 2] & 0xFF) << 8
                | (array[offset + 3] & 0xFF);
    }

    private static long int64(byte[] array, int offset) {
        return (long) int32(array, offset) << Integer.SIZE | (int32(array, offset + Integer.BYTES) & 0xFFFFFFFFL);
    }
}
