package io.pagewalk.http.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.SerializableString;
import io.pagewalk.record.ByteView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * JSON that a generator of UTF-8 copies as it is, without making a text of it first. Shows one payload after the other; confined to one
 * thread.
 */
final class RawJson implements SerializableString {
    private byte[] array = {};
    private int from;
    private int end;

    /** Shows a payload, on one line: between tokens line breaks mean nothing, within them there are none. */
    RawJson of(ByteView payload) {
        array = payload.array();
        from = payload.offset();
        end = payload.end();
        while (from < end && isSpace(array[from])) {
            from++;
        }
        while (from < end && isSpace(array[end - 1])) {
            end--;
        }
        for (int i = from; i < end; i++) {
            if (array[i] == '\n' || array[i] == '\r') {
                return withoutLineBreaks();
            }
        }
        return this;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private RawJson withoutLineBreaks() {
        byte[] line = new byte[end - from];
        int length = 0;
        for (int i = from; i < end; i++) {
            if (array[i] != '\n' && array[i] != '\r') {
                line[length++] = array[i];
            }
        }
        array = line;
        from = 0;
        end = length;
        return this;
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        int length = end - from;
        if (length > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(array, from, buffer, offset, length);
        return length;
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return Arrays.copyOfRange(array, from, end);
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        out.write(array, from, end - from);
        return end - from;
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        if (end - from > buffer.remaining()) {
            return -1;
        }
        buffer.put(array, from, end - from);
        return end - from;
    }

    @Override
    public String getValue() {
        return new String(array, from, end - from, UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        String text = getValue();
        if (text.length() > buffer.length - offset) {
            return -1;
        }
        text.getChars(0, text.length(), buffer, offset);
        return text.length();
    }

    /** It is JSON already: nobody quotes it. */
    @Override
    public char[] asQuotedChars() {
        throw new UnsupportedOperationException("raw JSON is not quoted");
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw new UnsupportedOperationException("raw JSON is not quoted");
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        throw new UnsupportedOperationException("raw JSON is not quoted");
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        throw new UnsupportedOperationException("raw JSON is not quoted");
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
        throw new UnsupportedOperationException("raw JSON is not quoted");
    }

    @Override
    public int putQuotedUTF8(ByteBuffer out) {
        throw new UnsupportedOperationException("raw JSON is not quoted");
    }
}
