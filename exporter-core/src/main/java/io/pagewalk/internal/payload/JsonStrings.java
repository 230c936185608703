package io.pagewalk.internal.payload;

/** Finds the ends of strings in JSON texts. An escaped surrogate has to be half of a pair. */
final class JsonStrings {
    private JsonStrings() {}

    /** The index behind the closing quote of the string whose content begins at {@code from}, or -1 if it is not one. */
    static int end(byte[] text, int from, int to) {
        int at = from;
        while (at >= 0 && at < to) {
            byte c = text[at];
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at = escapeEnd(text, at + 1, to);
            } else if (c < 0) {
                at = Utf8.sequenceEnd(text, at, to);
            } else if (c >= ' ') {
                at = ByteWords.plainAsciiEnd(text, at + 1, to);
            } else {
                return -1;
            }
        }
        return -1;
    }

    private static int escapeEnd(byte[] text, int at, int to) {
        if (at >= to) {
            return -1;
        }
        return switch (text[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> unicodeEscapeEnd(text, at, to);
            default -> -1;
        };
    }

    private static int unicodeEscapeEnd(byte[] text, int at, int to) {
        int unit = codeUnit(text, at, to);
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            return unit < 0 ? -1 : at + 5;
        }
        boolean paired = unit <= Character.MAX_HIGH_SURROGATE
                && at + 5 < to
                && text[at + 5] == '\\'
                && codeUnit(text, at + 6, to) >= Character.MIN_LOW_SURROGATE
                && codeUnit(text, at + 6, to) <= Character.MAX_LOW_SURROGATE;
        return paired ? at + 11 : -1;
    }

    /** What a {@code u} and four hexadecimal digits stand for, or -1 if they are not there. */
    private static int codeUnit(byte[] text, int at, int to) {
        if (to - at < 5 || text[at] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 1; i < at + 5; i++) {
            int c = text[i];
            int letter = c | 0x20;
            if (c >= '0' && c <= '9') {
                unit = (unit << 4) | (c - '0');
            } else if (letter >= 'a' && letter <= 'f') {
                unit = (unit << 4) | (letter - 'a' + 10);
            } else {
                return -1;
            }
        }
        return unit;
    }
}
