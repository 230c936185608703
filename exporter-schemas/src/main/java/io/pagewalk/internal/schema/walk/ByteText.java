package io.pagewalk.internal.schema.walk;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.schema.BadPayloadException;
import java.util.Arrays;

/** A text that is made byte by byte, in UTF-8. Used again for the next one, and allocates only to grow. Confined to one thread. */
public final class ByteText {
    /** Texts that are longer make their payload bad: a payload of a few bytes may say that a long text is made of it. */
    public static final int MAX_LENGTH = 1 << 26;

    private static final int FIRST_CAPACITY = 256;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] BASE64 = new byte[64];
    private static final int MOST_DIGITS = 20;

    static {
        for (int i = 0; i < BASE64.length; i++) {
            BASE64[i] = (byte) "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charAt(i);
        }
    }

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    /** Forgets all. */
    public void clear() {
        length = 0;
    }

    /** Forgets what was added since it had that length. */
    public void cut(int newLength) {
        length = newLength;
    }

    /** The array that the text is in, from 0 to {@link #length()}. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    /** Adds one byte. */
    public void add(int c) throws BadPayloadException {
        grow(1);
        bytes[length++] = (byte) c;
    }

    /** Adds bytes as they are. */
    public void add(byte[] source, int from, int to) throws BadPayloadException {
        grow(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Adds bytes as they are. */
    public void add(byte[] source) throws BadPayloadException {
        add(source, 0, source.length);
    }

    /** Adds a text that is ASCII. */
    public void ascii(String text) throws BadPayloadException {
        grow(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Adds a number in digits. */
    public void number(long value) throws BadPayloadException {
        if (value < 0) {
            add('-');
            unsigned(-value);
        } else {
            unsigned(value);
        }
    }

    /** Adds a number in digits, taken for one without a sign. */
    public void unsigned(long value) throws BadPayloadException {
        grow(MOST_DIGITS);
        int end = length + MOST_DIGITS;
        int at = end;
        long rest = value;
        do {
            bytes[--at] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
            rest = Long.divideUnsigned(rest, 10);
        } while (rest != 0);
        System.arraycopy(bytes, at, bytes, length, end - at);
        length += end - at;
    }

    /** Adds a number that is not negative in at least so many digits, with zeros before it. */
    public void padded(long value, int digits) throws BadPayloadException {
        long bound = 10;
        for (int i = 1; i < digits; i++) {
            if (value < bound) {
                add('0');
            }
            bound *= 10;
        }
        unsigned(value);
    }

    /** Adds a JSON string of bytes that are UTF-8. */
    public void quoted(byte[] source, int from, int to) throws BadPayloadException {
        add('"');
        int at = from;
        while (at < to) {
            int end = JsonScanner.nextEscape(source, at, to);
            add(source, at, end);
            at = end;
            if (at < to) {
                escaped(source[at++]);
            }
        }
        add('"');
    }

    private void escaped(byte c) throws BadPayloadException {
        add('\\');
        switch (c) {
            case '"', '\\' -> add(c);
            case '\n' -> add('n');
            case '\r' -> add('r');
            case '\t' -> add('t');
            case '\b' -> add('b');
            case '\f' -> add('f');
            default -> {
                ascii("u00");
                add(HEX[c >> 4]);
                add(HEX[c & 0xF]);
            }
        }
    }

    /** Adds a JSON string of bytes in Base64. */
    public void base64(byte[] source, int from, int to) throws BadPayloadException {
        add('"');
        grow((int) Math.min(MAX_LENGTH, (to - from + 2L) / 3 * 4));
        for (int at = from; at < to; at += 3) {
            int left = to - at;
            int group = ((source[at] & 0xFF) << 16)
                    | (left > 1 ? (source[at + 1] & 0xFF) << 8 : 0)
                    | (left > 2 ? (source[at + 2] & 0xFF) : 0);
            add(BASE64[group >> 18]);
            add(BASE64[(group >> 12) & 63]);
            add(left > 1 ? BASE64[(group >> 6) & 63] : '=');
            add(left > 2 ? BASE64[group & 63] : '=');
        }
        add('"');
    }

    private void grow(int more) throws BadPayloadException {
        if (bytes.length - length < more) {
            if (more > MAX_LENGTH - length) {
                throw new BadPayloadException("JSON text of the value is larger than 64 MiB");
            }
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
