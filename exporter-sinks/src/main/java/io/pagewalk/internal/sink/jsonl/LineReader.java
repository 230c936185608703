package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.row.RowLayout.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes lines apart, strictly as {@link JsonlEncoder} writes them. Holds one line. */
final class LineReader {
    /** The line itself, its headers, and a header are three levels around a payload. */
    private static final int AROUND = 3;

    private static final byte[] TOPIC = "{\"topic\":\"".getBytes(US_ASCII);

    private final InputStream in;
    private final int maxDepth;
    private byte[] buffer = new byte[128 * 1024];
    private int lineStart;
    private int lineEnd = -1;
    private int filled;
    private long lines;
    /** Where in the line parsing stands. */
    private int at;

    /** @param payloads what the lines have */
    LineReader(InputStream in, PayloadFormats payloads) {
        this.in = in;
        this.maxDepth = JsonScanner.MAX_DEPTH + AROUND + Math.max(depth(payloads.key()), depth(payloads.value()));
    }

    /** How deep its JSON texts can be within others. */
    private static int depth(PayloadFormat format) {
        TypedFormat typed = format.typed();
        return typed == null ? 0 : depth(typed.layout().root());
    }

    private static int depth(Place place) {
        return place.isLeaf()
                ? 0
                : 1
                        + place.children().stream()
                                .mapToInt(LineReader::depth)
                                .max()
                                .orElse(0);
    }

    /** Goes to the next line, which is a JSON text, and behind the beginning that all lines share; false at the end. */
    boolean next() throws IOException {
        lineStart = lineEnd + 1;
        int searched = lineStart;
        while (true) {
            lineEnd = indexOf('\n', searched);
            if (lineEnd >= 0) {
                lines++;
                at = lineStart;
                expect(TOPIC);
                check(JsonScanner.lineBreaks(buffer, lineStart, lineEnd, maxDepth) == 0);
                return true;
            }
            searched = filled - lineStart;
            if (!fill()) {
                break;
            }
        }
        if (filled > lineStart) {
            throw new IOException("not a complete JSONL file: it ends within line " + (lines + 1));
        }
        return false;
    }

    private int indexOf(char character, int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == character) {
                return i;
            }
        }
        return -1;
    }

    /** Moves the unfinished line to the front and reads on behind it; false at the end. */
    private boolean fill() throws IOException {
        int length = filled - lineStart;
        byte[] target = buffer;
        if (length == buffer.length) {
            // Nothing that only looks like a long line may fill the memory.
            if (!Arrays.equals(buffer, 0, TOPIC.length, TOPIC, 0, TOPIC.length)) {
                lines++;
                throw foreign(null);
            }
            if (length >= Integer.MAX_VALUE / 2) {
                throw new IOException("not a JSONL file of records: line " + (lines + 1) + " is too long");
            }
            target = new byte[2 * length];
        }
        System.arraycopy(buffer, lineStart, target, 0, length);
        buffer = target;
        lineStart = 0;
        filled = length;
        int count = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(count, 0);
        return count >= 0;
    }

    /** The number of the line, from 1. */
    long line() {
        return lines;
    }

    /** Passes over a text that has to stand here. */
    void expect(byte[] text) throws IOException {
        check(skip(text));
    }

    /** Passes over a text if it stands here. */
    boolean skip(byte[] text) {
        if (at + text.length <= lineEnd && Arrays.equals(buffer, at, at + text.length, text, 0, text.length)) {
            at += text.length;
            return true;
        }
        return false;
    }

    /** Whether the line ends with a text that parsing has not passed. */
    boolean endsWith(byte[] text) {
        int from = lineEnd - text.length;
        return from >= at && Arrays.equals(buffer, from, lineEnd, text, 0, text.length);
    }

    boolean isAtEnd() {
        return at == lineEnd;
    }

    /** Whether exactly this text was passed. */
    boolean hasPassed(byte[] text) {
        return Arrays.equals(buffer, lineStart, at, text, 0, text.length);
    }

    /** What parsing has passed. */
    byte[] passed() {
        return Arrays.copyOfRange(buffer, lineStart, at);
    }

    /** The bytes up to the next quote, which is not passed. */
    byte[] untilQuote() throws IOException {
        int end = indexOf('"', at);
        check(end >= 0 && end < lineEnd);
        byte[] text = Arrays.copyOfRange(buffer, at, end);
        at = end;
        return text;
    }

    long number() throws IOException {
        int from = at;
        if (at < lineEnd && buffer[at] == '-') {
            at++;
        }
        while (at < lineEnd && buffer[at] >= '0' && buffer[at] <= '9') {
            at++;
        }
        try {
            return Long.parseLong(new String(buffer, from, at - from, US_ASCII));
        } catch (NumberFormatException e) {
            throw foreign(e);
        }
    }

    /** The text of a JSON string, in UTF-8; the line is a JSON text, so what it escapes is well-formed. */
    byte[] string() throws IOException {
        check(at < lineEnd && buffer[at] == '"');
        int from = ++at;
        boolean escaped = false;
        while (buffer[at] != '"') {
            escaped |= buffer[at] == '\\';
            at += buffer[at] == '\\' ? 2 : 1;
        }
        byte[] raw = Arrays.copyOfRange(buffer, from, at);
        at++;
        return escaped ? Escapes.resolve(raw) : raw;
    }

    /** Whether a string stands here. */
    boolean isAtString() {
        return at < lineEnd && buffer[at] == '"';
    }

    /** A number or a literal. */
    String token() {
        int from = at;
        while (at < lineEnd && !isDelimiter(buffer[at])) {
            at++;
        }
        return new String(buffer, from, at - from, US_ASCII);
    }

    /** The bytes of a JSON value with the white space around it, as they are. */
    byte[] value() {
        int from = at;
        skipWhitespace();
        byte first = buffer[at];
        if (first == '"') {
            skipString();
        } else if (first == '{' || first == '[') {
            skipContainer();
        } else {
            while (at < lineEnd && !isDelimiter(buffer[at])) {
                at++;
            }
        }
        skipWhitespace();
        return Arrays.copyOfRange(buffer, from, at);
    }

    private void skipContainer() {
        int depth = 0;
        do {
            byte c = buffer[at];
            if (c == '"') {
                skipString();
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
        } while (depth > 0);
    }

    private void skipString() {
        at++;
        while (buffer[at] != '"') {
            at += buffer[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipWhitespace() {
        while (at < lineEnd && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
            at++;
        }
    }

    private static boolean isDelimiter(byte c) {
        return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\t' || c == '\r';
    }

    void check(boolean asWritten) throws IOException {
        if (!asWritten) {
            throw foreign(null);
        }
    }

    private IOException foreign(@Nullable Throwable cause) {
        return new IOException("not a JSONL file of records: line " + lines + " is none", cause);
    }
}
