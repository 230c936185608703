package io.pagewalk.internal.payload;

/**
 * Checks for UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). Nothing is allocated.
 */
public final class Utf8 {
    private Utf8() {}

    /** Whether {@code text} is UTF-8 from its first byte to its last; the empty text is. */
    public static boolean isValid(byte[] text) {
        return isValid(text, 0, text.length);
    }

    /**
     * Whether a part of an array is UTF-8 from its first byte to its last; the empty part is.
     *
     * @param from its first byte
     * @param to its end, exclusive
     */
    public static boolean isValid(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            at = ByteWords.asciiEnd(text, at, to);
            while (at < to && text[at] < 0) {
                at = sequenceEnd(text, at, to);
                if (at < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Where the multi-byte sequence that starts at {@code at} ends, or -1 if there is none.
     *
     * @param at the index of a byte that is not ASCII
     * @param to the end of the text, exclusive
     */
    static int sequenceEnd(byte[] text, int at, int to) {
        int lead = text[at] & 0xFF;
        if (lead < 0xC2) {
            return -1;
        }
        if (lead < 0xE0) {
            return continues(text, at + 1, to) ? at + 2 : -1;
        }
        if (lead < 0xF0) {
            return continues(text, at + 1, to)
                            && continues(text, at + 2, to)
                            && !(lead == 0xE0 && (text[at + 1] & 0xFF) < 0xA0)
                            && !(lead == 0xED && (text[at + 1] & 0xFF) >= 0xA0)
                    ? at + 3
                    : -1;
        }
        return lead < 0xF5
                        && continues(text, at + 1, to)
                        && continues(text, at + 2, to)
                        && continues(text, at + 3, to)
                        && !(lead == 0xF0 && (text[at + 1] & 0xFF) < 0x90)
                        && !(lead == 0xF4 && (text[at + 1] & 0xFF) >= 0x90)
                ? at + 4
                : -1;
    }

    private static boolean continues(byte[] text, int at, int to) {
        return at < to && (text[at] & 0xC0) == 0x80;
    }
}
