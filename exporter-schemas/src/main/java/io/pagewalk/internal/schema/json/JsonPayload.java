package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.EventBound;
import io.pagewalk.internal.schema.walk.LastOfEach;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowEvents;
import java.util.Arrays;

/**
 * A payload while it is read, known to be one JSON text: so whoever goes through it has to look for nothing but what he needs. Used
 * again for the next one.
 */
final class JsonPayload {
    private final BadPayloadException repeated = new BadPayloadException("member comes twice");

    private final Notes notes = new Notes();
    private final ByteText text = new ByteText();
    private final JsonNumbers numbers = new JsonNumbers();
    private final LastOfEach.Keys names = (one, other) ->
            Arrays.compareUnsigned(array(one), from(one), Notes.to(one), array(other), from(other), Notes.to(other));
    private byte[] bytes = {};
    private int to;
    private int length;
    private RowEvents events = new RowEvents();
    private boolean careful;
    private boolean escaped;
    private long unknownMembers;

    /** @param ofCare whether members may come twice */
    void begin(byte[] newBytes, int offset, int newLength, RowEvents into, boolean ofCare) {
        bytes = newBytes;
        to = offset + newLength;
        length = newLength;
        events = into;
        careful = ofCare;
        notes.begin();
        text.clear();
        into.begin(newBytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The byte at a place. */
    byte at(int place) {
        return bytes[place];
    }

    int to() {
        return to;
    }

    RowEvents events() {
        return events;
    }

    Notes notes() {
        return notes;
    }

    ByteText text() {
        return text;
    }

    JsonNumbers numbers() {
        return numbers;
    }

    boolean isCareful() {
        return careful;
    }

    long unknownMembers() {
        return unknownMembers;
    }

    void setUnknownMembers(long count) {
        unknownMembers = count;
    }

    /** Looks whether the payload has come to no more values than it may. */
    void checkSize() throws BadPayloadException {
        EventBound.check(events, length);
    }

    /** Compares names, given as {@link #name} returns them. */
    LastOfEach.Keys names() {
        return names;
    }

    /** Where the next token is. */
    int token(int from) {
        int at = from;
        while (bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Where a string ends: behind its closing quote. See {@link #wasEscaped}. */
    int stringEnd(int contentFrom) {
        escaped = false;
        int at = JsonScanner.nextEscape(bytes, contentFrom, to);
        while (bytes[at] != '"') {
            escaped = true;
            at = JsonScanner.nextEscape(bytes, at + 2, to);
        }
        return at + 1;
    }

    /** Whether the string whose end was looked for last has escapes. */
    boolean wasEscaped() {
        return escaped;
    }

    /** Where a value ends. */
    int end(int from) {
        byte first = bytes[from];
        if (first == '"') {
            return stringEnd(from + 1);
        }
        if (first != '{' && first != '[') {
            int at = from + 1;
            while (at < to && isInScalar(bytes[at])) {
                at++;
            }
            return at;
        }
        int open = 1;
        int at = from + 1;
        while (open > 0) {
            byte c = bytes[at++];
            if (c == '"') {
                at = stringEnd(at);
            } else if (c == '{' || c == '[') {
                open++;
            } else if (c == '}' || c == ']') {
                open--;
            }
        }
        return at;
    }

    private static boolean isInScalar(byte c) {
        return c > ' ' && c != ',' && c != ']' && c != '}';
    }

    /**
     * What the content of the string is whose end was looked for last: a range of the payload, or, where it has escapes, of the
     * text, from the complement of its first byte on. Whoever asks cuts the text back.
     */
    long name(int from, int contentTo) throws BadPayloadException {
        if (!escaped) {
            return Notes.range(from, contentTo);
        }
        int made = text.length();
        JsonEscapes.resolve(bytes, from, contentTo, text);
        return Notes.range(~made, text.length());
    }

    /** The array of a {@link #name}. */
    byte[] array(long name) {
        return Notes.from(name) < 0 ? text.bytes() : bytes;
    }

    /** Its first byte. */
    static int from(long name) {
        int from = Notes.from(name);
        return from < 0 ? ~from : from;
    }

    /** Not a bad payload: one that is to be read with care. Always the same. */
    BadPayloadException repeated() {
        return repeated;
    }
}
