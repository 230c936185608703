package io.pagewalk.internal.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches that look at eight bytes at once: a word, whose lowest byte comes first. They also look at what is behind the end of
 * a text in its array, but never go by it.
 *
 * <p>In a mask of matches, each sets the top bit of its byte.
 */
final class ByteWords {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private ByteWords() {}

    /** The eight bytes of an array from {@code at} on, with zeros for those behind its end. */
    static long word(byte[] array, int at) {
        return at <= array.length - Long.BYTES ? (long) WORD.get(array, at) : lastWord(array, at);
    }

    private static long lastWord(byte[] array, int at) {
        long word = 0;
        for (int i = array.length - 1; i >= at; i--) {
            word = (word << Byte.SIZE) | (array[i] & 0xFF);
        }
        return word;
    }

    /** The index of the first byte at or behind {@code from} that is not ASCII, or {@code to}. */
    static int asciiEnd(byte[] text, int from, int to) {
        int at = from;
        while (true) {
            long found = word(text, at) & TOPS;
            if (found != 0) {
                return Math.min(at + before(found), to);
            }
            at += Long.BYTES;
            if (at >= to) {
                return to;
            }
        }
    }

    /**
     * The index of the first byte at or behind {@code from} that a JSON string cannot hold as it is (a quote, a backslash, a
     * control character) or that is not ASCII, or {@code to}.
     */
    static int plainAsciiEnd(byte[] text, int from, int to) {
        int at = from;
        while (true) {
            long found = notPlainAscii(word(text, at));
            if (found != 0) {
                return Math.min(at + before(found), to);
            }
            at += Long.BYTES;
            if (at >= to) {
                return to;
            }
        }
    }

    /** As {@link #plainAsciiEnd}, but going on over bytes that are not ASCII. */
    static int plainEnd(byte[] text, int from, int to) {
        int at = from;
        while (true) {
            long word = word(text, at);
            long found = escapes(word) & ~word & TOPS;
            if (found != 0) {
                return Math.min(at + before(found), to);
            }
            at += Long.BYTES;
            if (at >= to) {
                return to;
            }
        }
    }

    /** Matches what {@link #plainAsciiEnd} looks for. Above the lowest match there may be false ones. */
    static long notPlainAscii(long word) {
        return (escapes(word) | word) & TOPS;
    }

    /** Matches all but digits. */
    static long notDigits(long word) {
        long offset = word ^ ('0' * ONES);
        return (((offset & ~TOPS) + (0x80 - 10) * ONES) | offset) & TOPS;
    }

    /** How many bytes are before the first match, 8 if there is none. */
    static int before(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 3;
    }

    /**
     * As {@link #before}, for matches at a place that the processor can guess from what it saw before. So it goes on behind
     * them at once, where arithmetic would make it wait.
     */
    static int beforeGuessed(long matches) {
        if ((matches & 0x80L) != 0) {
            return 0;
        }
        if ((matches & 0x8000L) != 0) {
            return 1;
        }
        if ((matches & 0x80_0000L) != 0) {
            return 2;
        }
        if ((matches & 0x8000_0000L) != 0) {
            return 3;
        }
        if ((matches & 0x80_0000_0000L) != 0) {
            return 4;
        }
        if ((matches & 0x8000_0000_0000L) != 0) {
            return 5;
        }
        if ((matches & 0x80_0000_0000_0000L) != 0) {
            return 6;
        }
        return matches != 0 ? 7 : 8;
    }

    /** In bytes that are ASCII; the subtractions can carry false matches upwards only. */
    private static long escapes(long word) {
        // The exchange of a bit puts the quote right behind the control characters, and the space behind it.
        long controlOrQuote = (word ^ (2 * ONES)) - ('!' * ONES);
        long backslash = (word ^ ('\\' * ONES)) - ONES;
        return controlOrQuote | backslash;
    }
}
