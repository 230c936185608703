package io.pagewalk.internal.payload;

/**
 * Recognizes JSON texts as programs write them: on one line, with at most one space before a value or a name. What it takes is
 * valid within the bounds of {@link JsonScanner}, which decides on all the rest, too.
 *
 * <p>Nearly all payloads are like that, and with so little to look out for, this takes half the time. It may run on into what is
 * behind the end of a text, but then it ends elsewhere, and has recognized nothing.
 */
final class CompactJson {
    /** How many levels have a bit each in a word, of which two are taken. */
    private static final int LEVELS = 62;

    private static final int SPACE_QUOTE = ' ' | '"' << 8;
    private static final int COMMA_QUOTE = ',' | '"' << 8;
    private static final int QUOTE_COLON = '"' | ':' << 8;
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int FALS = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;

    private CompactJson() {}

    /** Whether {@code [from, to)} of an array is such a text; false says nothing. */
    static boolean recognizes(byte[] text, int from, int to, int maxDepth) {
        return end(text, from, to, maxDepth) == to;
    }

    /** The index behind a value, or -1. */
    private static int end(byte[] text, int from, int to, int maxDepth) {
        int maxLevels = Math.min(maxDepth, LEVELS);
        // Behind a bit that is always set: a 0 for around it all, and a bit for every open array (0) and object (1).
        long open = 2;
        int at = from;
        while (true) {
            long word = ByteWords.word(text, at);
            if ((byte) word == ' ') {
                at++;
                word = ByteWords.word(text, at);
            }
            if (at >= to) {
                return -1;
            }
            byte c = (byte) word;
            if (c == '"') {
                at = stringEnd(text, at + 1, to);
            } else if (c != '{' && c != '[') {
                at = scalarEnd(text, word, at, to);
            } else if (LEVELS - Long.numberOfLeadingZeros(open) == maxLevels) {
                at = maxDepth > maxLevels ? end(text, at, to, maxDepth - maxLevels) : -1;
            } else {
                open = (open << 1) | objectBit(c);
                at++;
                if ((byte) (word >>> Byte.SIZE) != closing(open)) {
                    if (c == '{') {
                        at = quotedNameEnd(text, at, to);
                        if (at < 0) {
                            return -1;
                        }
                    }
                    continue;
                }
            }
            if (at < 0) {
                return -1;
            }
            word = ByteWords.word(text, at);
            if ((short) word == COMMA_QUOTE && (open & 1) != 0) {
                at = nameEnd(text, at + 2, to);
            } else {
                while (open != 2 && (byte) word == closing(open)) {
                    open >>>= 1;
                    at++;
                    word = ByteWords.word(text, at);
                }
                if (open == 2) {
                    return at;
                }
                if ((byte) word != ',') {
                    return -1;
                }
                at++;
                if ((open & 1) != 0) {
                    at = quotedNameEnd(text, at, to);
                }
            }
            if (at < 0) {
                return -1;
            }
        }
    }

    /** 1 for an opening brace, 0 for an opening bracket; no branch, as it could not be guessed. */
    private static int objectBit(byte c) {
        return (c >>> 5) & 1;
    }

    /** What ends the innermost array or object; no branch, either. */
    private static byte closing(long open) {
        return (byte) (']' | ((open & 1) << 5));
    }

    private static int quotedNameEnd(byte[] text, int from, int to) {
        long word = ByteWords.word(text, from);
        if ((byte) word == '"') {
            return nameEnd(text, from + 1, to);
        }
        return (short) word == SPACE_QUOTE ? nameEnd(text, from + 2, to) : -1;
    }

    /** The index behind the colon that follows a name whose content begins at {@code from}, or -1. */
    private static int nameEnd(byte[] text, int from, int to) {
        long word = ByteWords.word(text, from);
        // Unlike values, most names are as long as those at the same place in the records before.
        int plain = ByteWords.beforeGuessed(ByteWords.notPlainAscii(word));
        return plain < Long.BYTES && (short) (word >>> (plain * Byte.SIZE)) == QUOTE_COLON
                ? from + plain + 2
                : longNameEnd(text, from, from + plain, to);
    }

    private static int longNameEnd(byte[] text, int from, int at, int to) {
        int end = JsonStrings.end(text, at, to);
        boolean named = end >= 0 && end < to && text[end] == ':' && end - 1 - from <= JsonScanner.MAX_NAME;
        return named ? end + 1 : -1;
    }

    private static int stringEnd(byte[] text, int from, int to) {
        int plain = ByteWords.before(ByteWords.notPlainAscii(ByteWords.word(text, from)));
        int more = ByteWords.before(ByteWords.notPlainAscii(ByteWords.word(text, from + Long.BYTES)));
        // Counts more if plain is 8, without a branch: values differ in length too much to be guessed.
        int at = from + plain + (more & -(plain >>> 3));
        return at < to && text[at] == '"' ? at + 1 : JsonStrings.end(text, at, to);
    }

    private static int scalarEnd(byte[] text, long word, int at, int to) {
        if ((byte) word < 'a') {
            return numberEnd(text, word, at, to);
        }
        int start = (int) word;
        if (start == TRUE || start == NULL) {
            return at + 4;
        }
        return start == FALS && (byte) (word >>> 32) == 'e' ? at + 5 : -1;
    }

    /** Looks at one word only; what that cannot tell it leaves to {@link JsonScanner}. */
    private static int numberEnd(byte[] text, long word, int from, int to) {
        boolean negative = (byte) word == '-';
        int begin = negative ? from + 1 : from;
        long number = negative ? ByteWords.word(text, begin) : word;
        long notDigits = ByteWords.notDigits(number);
        int whole = ByteWords.before(notDigits);
        int length = whole;
        if (at(number, whole) == '.') {
            length = ByteWords.before(notDigits & (notDigits - 1));
        }
        boolean simple = whole != 0
                && length != Long.BYTES
                && length != whole + 1
                && (whole == 1 || (byte) number != '0')
                && (at(number, length) | 0x20) != 'e';
        return simple ? begin + length : JsonScanner.numberEnd(text, from, to);
    }

    private static byte at(long word, int index) {
        return (byte) (word >>> (index * Byte.SIZE));
    }
}
