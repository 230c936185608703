package io.pagewalk.internal.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches that look at eight bytes at once. In each word a match sets the top bit of its byte; the subtractions can carry
 * false matches upwards only, so the lowest one is always true.
 */
final class ByteWords {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private ByteWords() {}

    /** The index of the first byte at or behind {@code from} that is not ASCII, or {@code to}. */
    static int asciiEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long found = (long) WORD.get(text, at) & TOPS;
            if (found != 0) {
                return at + firstByte(found);
            }
        }
        while (at < to && text[at] >= 0) {
            at++;
        }
        return at;
    }

    /**
     * The index of the first byte at or behind {@code from} that a JSON string cannot hold as it is (a quote, a backslash, a
     * control character) or that is not ASCII, or {@code to}.
     */
    static int plainAsciiEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORD.get(text, at);
            long found = (word | escapes(word)) & TOPS;
            if (found != 0) {
                return at + firstByte(found);
            }
        }
        while (at < to && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    /** As {@link #plainAsciiEnd}, but going on over bytes that are not ASCII. */
    static int plainEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORD.get(text, at);
            long found = escapes(word) & TOPS;
            if (found != 0) {
                return at + firstByte(found);
            }
        }
        while (at < to && (text[at] < 0 || text[at] >= ' ') && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    private static long escapes(long word) {
        long quote = word ^ ('"' * ONES);
        long backslash = word ^ ('\\' * ONES);
        return ((quote - ONES) | (backslash - ONES) | (word - ' ' * ONES)) & ~word;
    }

    private static int firstByte(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }
}
