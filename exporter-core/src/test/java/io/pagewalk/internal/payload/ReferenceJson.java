package io.pagewalk.internal.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Decides as {@link JsonScanner} has to, slowly: reads the grammar top down, character by character. */
final class ReferenceJson {
    private final String text;
    private final int maxDepth;
    private int at;

    private ReferenceJson(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    static int lineBreaks(byte[] bytes, int maxDepth) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            ReferenceJson json = new ReferenceJson(text, maxDepth);
            json.element(0);
            json.require(json.at == text.length());
            return (int) text.chars().filter(c -> c == '\n' || c == '\r').count();
        } catch (CharacterCodingException | NotJson e) {
            return JsonScanner.INVALID;
        }
    }

    private void element(int depth) throws NotJson {
        space();
        value(depth);
        space();
    }

    private void value(int depth) throws NotJson {
        switch (next()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> expect("true");
            case 'f' -> expect("false");
            case 'n' -> expect("null");
            default -> number();
        }
    }

    private void object(int depth) throws NotJson {
        require(depth <= maxDepth);
        expect("{");
        space();
        if (skip('}')) {
            return;
        }
        do {
            space();
            int begin = at;
            string();
            require(text.substring(begin + 1, at - 1).getBytes(UTF_8).length <= JsonScanner.MAX_NAME);
            space();
            expect(":");
            element(depth);
        } while (skip(','));
        expect("}");
    }

    private void array(int depth) throws NotJson {
        require(depth <= maxDepth);
        expect("[");
        space();
        if (skip(']')) {
            return;
        }
        do {
            element(depth);
        } while (skip(','));
        expect("]");
    }

    private void string() throws NotJson {
        expect("\"");
        while (!skip('"')) {
            require(next() >= ' ');
            if (skip('\\')) {
                escape();
            } else {
                at++;
            }
        }
    }

    private void escape() throws NotJson {
        if (next() != 'u') {
            require("\"\\/bfnrt".indexOf(next()) >= 0);
            at++;
            return;
        }
        char unit = codeUnit();
        require(!Character.isLowSurrogate(unit));
        if (Character.isHighSurrogate(unit)) {
            expect("\\");
            require(Character.isLowSurrogate(codeUnit()));
        }
    }

    private char codeUnit() throws NotJson {
        expect("u");
        require(at + 4 <= text.length());
        String digits = text.substring(at, at + 4);
        require(digits.matches("[0-9a-fA-F]{4}"));
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void number() throws NotJson {
        int begin = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        require(text.substring(begin, at).chars().filter(ReferenceJson::isDigit).count() <= JsonScanner.MAX_DIGITS);
    }

    private void digits() throws NotJson {
        require(isDigit(next()));
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next() throws NotJson {
        require(at < text.length());
        return text.charAt(at);
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(String expected) throws NotJson {
        require(text.startsWith(expected, at));
        at += expected.length();
    }

    private void require(boolean condition) throws NotJson {
        if (!condition) {
            throw new NotJson();
        }
    }

    private static final class NotJson extends Exception {
        private static final long serialVersionUID = 1;

        NotJson() {
            super(null, null, false, false);
        }
    }
}
