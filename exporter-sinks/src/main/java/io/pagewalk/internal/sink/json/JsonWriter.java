package io.pagewalk.internal.sink.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.internal.payload.JsonScanner;
import java.io.IOException;

/** Writes JSON as bytes, through one buffer of fixed size: what is larger passes through it piece by piece. */
public final class JsonWriter {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int MAX_NUMBER_BYTES = 20;
    private static final int MAX_CHARACTER_BYTES = 6;
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final JsonBytes out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;

    public JsonWriter(JsonBytes out) {
        this.out = out;
    }

    /** Hands over what is left in the buffer. */
    public void flush() throws IOException {
        out.write(buffer, 0, position);
        position = 0;
    }

    /** The bytes as they are. */
    public void raw(byte[] bytes) throws IOException {
        raw(bytes, 0, bytes.length);
    }

    /** Those of a range. */
    public void raw(byte[] bytes, int from, int to) throws IOException {
        int length = to - from;
        if (length > BUFFER_BYTES - position) {
            flush();
            if (length > BUFFER_BYTES) {
                out.write(bytes, from, length);
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, position, length);
        position += length;
    }

    /** The bytes without line feeds and carriage returns. */
    public void rawWithoutLineBreaks(byte[] bytes, int begin, int to) throws IOException {
        int from = begin;
        for (int at = begin; at < to; at++) {
            if (bytes[at] == '\n' || bytes[at] == '\r') {
                raw(bytes, from, at);
                from = at + 1;
            }
        }
        raw(bytes, from, to);
    }

    /** A whole number. */
    public void number(long value) throws IOException {
        reserve(MAX_NUMBER_BYTES);
        // Negative all along: the least value has no positive counterpart.
        long rest = value < 0 ? value : -value;
        int at = position + MAX_NUMBER_BYTES;
        do {
            buffer[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            buffer[--at] = '-';
        }
        int length = position + MAX_NUMBER_BYTES - at;
        System.arraycopy(buffer, at, buffer, position, length);
        position += length;
    }

    /** A string in base64. */
    public void base64(byte[] bytes, int from, int to) throws IOException {
        quote();
        int whole = to - (to - from) % 3;
        int at = from;
        while (at < whole) {
            reserve(4);
            int until = Math.min(whole, at + (BUFFER_BYTES - position) / 4 * 3);
            for (; at < until; at += 3) {
                int bits = ((bytes[at] & 0xFF) << 16) | ((bytes[at + 1] & 0xFF) << 8) | (bytes[at + 2] & 0xFF);
                buffer[position] = BASE64[bits >>> 18];
                buffer[position + 1] = BASE64[(bits >>> 12) & 63];
                buffer[position + 2] = BASE64[(bits >>> 6) & 63];
                buffer[position + 3] = BASE64[bits & 63];
                position += 4;
            }
        }
        if (whole < to) {
            boolean one = to - whole == 1;
            int bits = ((bytes[whole] & 0xFF) << 8) | (one ? 0 : bytes[whole + 1] & 0xFF);
            reserve(4);
            buffer[position++] = BASE64[bits >>> 10];
            buffer[position++] = BASE64[(bits >>> 4) & 63];
            buffer[position++] = one ? (byte) '=' : BASE64[(bits << 2) & 63];
            buffer[position++] = '=';
        }
        quote();
    }

    /**
     * A string.
     *
     * @param text UTF-8
     */
    public void string(byte[] text, int from, int to) throws IOException {
        quote();
        int at = from;
        while (true) {
            int escape = JsonScanner.nextEscape(text, at, to);
            raw(text, at, escape);
            if (escape == to) {
                break;
            }
            reserve(MAX_CHARACTER_BYTES);
            ascii(text[escape]);
            at = escape + 1;
        }
        quote();
    }

    private void quote() throws IOException {
        reserve(1);
        buffer[position++] = '"';
    }

    /** An ASCII character of a string, escaped if it has to be. */
    private void ascii(int c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            buffer[position++] = (byte) c;
            return;
        }
        buffer[position++] = '\\';
        int shorthand = switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
        buffer[position++] = (byte) shorthand;
        if (shorthand == 'u') {
            buffer[position++] = '0';
            buffer[position++] = '0';
            buffer[position++] = HEX[c >>> 4];
            buffer[position++] = HEX[c & 15];
        }
    }

    private void reserve(int length) throws IOException {
        if (length > BUFFER_BYTES - position) {
            flush();
        }
    }
}
