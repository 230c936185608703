package io.pagewalk.internal.payload;

import java.util.Arrays;

/**
 * Reads JSON texts (RFC 8259, in UTF-8, without a byte order mark) byte by byte, builds nothing and changes nothing: no
 * tree, no numbers, no strings. Nothing is allocated for texts nested up to 64 deep.
 *
 * <p>Stricter than the grammar where common readers of JSON give up, because one such record would make a whole file
 * unreadable to them: the depth of nesting, the digits of a number and the length of a name are bounded, and an escaped
 * surrogate must be half of a pair. As the grammar does, it takes repeated names, and numbers that fit into no type.
 */
public final class JsonScanner {
    /**
     * How deep arrays and objects of a payload may be nested: well below the 1,000 levels that readers built on Jackson take
     * for a whole line.
     */
    public static final int MAX_DEPTH = 512;

    /**
     * How many digits a number may have, those of its fraction and exponent included. Readers built on Jackson take no more, see
     * its {@code StreamReadConstraints}.
     */
    public static final int MAX_DIGITS = 1000;

    /** How many bytes a name may have, as it is written. Readers built on Jackson take no more. */
    public static final int MAX_NAME = 50_000;

    /** What {@link #lineBreaks} returns for what is not a JSON text. */
    public static final int INVALID = -1;

    private static final int VALUE = 0;
    private static final int VALUE_OR_END = 1;
    private static final int NAME = 2;
    private static final int NAME_OR_END = 3;
    private static final int COLON = 4;
    private static final int AFTER_VALUE = 5;

    private static final long[] NOT_DEEP = {};

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private JsonScanner() {}

    /** Whether {@code text} is one JSON text, nested at most {@link #MAX_DEPTH} deep. */
    public static boolean isValid(byte[] text) {
        return isValid(text, 0, text.length);
    }

    /** Whether {@code [from, to)} of an array is one JSON text, nested at most {@link #MAX_DEPTH} deep. */
    public static boolean isValid(byte[] text, int from, int to) {
        return lineBreaks(text, from, to, MAX_DEPTH) != INVALID;
    }

    /** Whether the value of a valid JSON text, {@code [from, to)} of an array, is the literal null. */
    public static boolean isNull(byte[] text, int from, int to) {
        return firstOfValue(text, from, to) == 'n';
    }

    /**
     * Counts the line breaks of one JSON text: the bytes {@code \n} and {@code \r}. Strings cannot hold them, and JSON needs
     * no white space between two tokens: without these bytes the text means the same and is one line.
     *
     * @param text where the JSON text is
     * @param from its first byte
     * @param to its end, exclusive
     * @param maxDepth how deep arrays and objects may be nested
     * @return how many there are, or {@link #INVALID} if {@code [from, to)} is not exactly one JSON text
     */
    public static int lineBreaks(byte[] text, int from, int to, int maxDepth) {
        return CompactJson.recognizes(text, from, to, maxDepth) ? 0 : lineBreaksOfAny(text, from, to, maxDepth);
    }

    private static int lineBreaksOfAny(byte[] text, int from, int to, int maxDepth) {
        int lineBreaks = 0;
        int expected = VALUE;
        int depth = 0;
        // A bit for every open array (0) and object (1), the innermost lowest; every 64 levels are put aside in outer.
        long open = 0;
        long[] outer = NOT_DEEP;
        int at = from;
        while (at < to) {
            byte c = text[at];
            switch (c) {
                case ' ', '\t' -> at++;
                case '\n', '\r' -> {
                    lineBreaks++;
                    at++;
                }
                case '"' -> {
                    int begin = at + 1;
                    at = JsonStrings.end(text, begin, to);
                    if (at < 0) {
                        return INVALID;
                    }
                    if (expected == NAME || expected == NAME_OR_END) {
                        if (at - 1 - begin > MAX_NAME) {
                            return INVALID;
                        }
                        expected = COLON;
                    } else if (expected <= VALUE_OR_END) {
                        expected = AFTER_VALUE;
                    } else {
                        return INVALID;
                    }
                }
                case ':' -> {
                    if (expected != COLON) {
                        return INVALID;
                    }
                    expected = VALUE;
                    at++;
                }
                case ',' -> {
                    if (expected != AFTER_VALUE || depth == 0) {
                        return INVALID;
                    }
                    expected = (open & 1) != 0 ? NAME : VALUE;
                    at++;
                }
                case '{', '[' -> {
                    if (expected > VALUE_OR_END || depth == maxDepth) {
                        return INVALID;
                    }
                    if (depth != 0 && depth % Long.SIZE == 0) {
                        outer = outer == NOT_DEEP ? new long[maxDepth / Long.SIZE + 1] : outer;
                        outer[depth / Long.SIZE] = open;
                    }
                    depth++;
                    open = (open << 1) | (c == '{' ? 1 : 0);
                    expected = c == '{' ? NAME_OR_END : VALUE_OR_END;
                    at++;
                }
                case '}', ']' -> {
                    boolean ends = depth != 0
                            && (expected == AFTER_VALUE || expected == (c == '}' ? NAME_OR_END : VALUE_OR_END))
                            && (open & 1) == (c == '}' ? 1 : 0);
                    if (!ends) {
                        return INVALID;
                    }
                    depth--;
                    open = depth != 0 && depth % Long.SIZE == 0 ? outer[depth / Long.SIZE] : open >>> 1;
                    expected = AFTER_VALUE;
                    at++;
                }
                default -> {
                    if (expected > VALUE_OR_END) {
                        return INVALID;
                    }
                    at = scalarEnd(text, at, to);
                    if (at < 0) {
                        return INVALID;
                    }
                    expected = AFTER_VALUE;
                }
            }
        }
        return expected == AFTER_VALUE && depth == 0 ? lineBreaks : INVALID;
    }

    /**
     * The index of the first byte at or behind {@code from} that a JSON string has to escape (a quote, a backslash, a control
     * character), or {@code to}.
     */
    public static int nextEscape(byte[] text, int from, int to) {
        return ByteWords.plainEnd(text, from, to);
    }

    /** The byte that the value of a text begins with, {@code [from, to)} of an array, or 0 if there is none. */
    public static int firstOfValue(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            byte c = text[at];
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return c;
            }
        }
        return 0;
    }

    private static int scalarEnd(byte[] text, int at, int to) {
        return switch (text[at]) {
            case 't' -> literalEnd(text, at, to, TRUE);
            case 'f' -> literalEnd(text, at, to, FALSE);
            case 'n' -> literalEnd(text, at, to, NULL);
            default -> numberEnd(text, at, to);
        };
    }

    private static int literalEnd(byte[] text, int at, int to, byte[] literal) {
        int end = at + literal.length;
        return end <= to && Arrays.equals(text, at, end, literal, 0, literal.length) ? end : -1;
    }

    /** The index behind the number that begins at {@code from}, which is before {@code to}, or -1 if there is none. */
    static int numberEnd(byte[] text, int from, int to) {
        int begin = text[from] == '-' ? from + 1 : from;
        int at = digitsEnd(text, begin, to);
        int digits = at - begin;
        if (digits == 0 || (text[begin] == '0' && digits > 1)) {
            return -1;
        }
        if (at < to && text[at] == '.') {
            begin = at + 1;
            at = digitsEnd(text, begin, to);
            digits += at - begin;
            if (at == begin) {
                return -1;
            }
        }
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            begin = at < to && (text[at] == '+' || text[at] == '-') ? at + 1 : at;
            at = digitsEnd(text, begin, to);
            digits += at - begin;
            if (at == begin) {
                return -1;
            }
        }
        return digits > MAX_DIGITS ? -1 : at;
    }

    private static int digitsEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isDigit(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
