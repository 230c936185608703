package io.pagewalk.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.payload.JsonScanner;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileContent.Bounds;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines back, strictly as {@link JsonlEncoder} writes them. Holds one line. */
final class JsonlInspector {
    /** The line itself, its headers, and a header are three levels around a payload. */
    private static final int MAX_DEPTH = JsonScanner.MAX_DEPTH + 3;

    private static final byte[] TOPIC = "{\"topic\":\"".getBytes(US_ASCII);
    private static final byte[] PARTITION = "\",\"partition\":".getBytes(US_ASCII);
    private static final byte[] OFFSET = ",\"offset\":".getBytes(US_ASCII);
    private static final byte[] TIMESTAMP = ",\"timestamp\":".getBytes(US_ASCII);
    private static final byte[] TIMESTAMP_TYPE = ",\"timestampType\":\"".getBytes(US_ASCII);
    private static final byte[] LINE_END = "]}".getBytes(US_ASCII);

    private final InputStream in;
    private byte[] buffer = new byte[128 * 1024];
    private int lineStart;
    private int filled;

    private long lines;
    private byte[] topicAndPartition = {};
    private long firstOffset;
    private long lastOffset;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;
    /** Where in the line parsing stands. */
    private int at;

    JsonlInspector(InputStream in) {
        this.in = in;
    }

    FileContent inspect() throws IOException {
        int searched = 0;
        while (true) {
            int end = lineEnd(searched);
            if (end >= 0) {
                line(end);
                lineStart = end + 1;
                searched = lineStart;
            } else {
                searched = filled - lineStart;
                if (!fill()) {
                    break;
                }
            }
        }
        if (filled > lineStart) {
            throw new IOException("not a complete JSONL file: it ends within line " + (lines + 1));
        }
        return lines == 0
                ? FileContent.EMPTY
                : new FileContent(lines, new Bounds(firstOffset, lastOffset, minTimestamp, maxTimestamp));
    }

    private int lineEnd(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
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
            at = 0;
            expect(TOPIC, length);
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

    private void line(int end) throws IOException {
        at = lineStart;
        expect(TOPIC, end);
        while (at < end && buffer[at] != '"') {
            at++;
        }
        expect(PARTITION, end);
        number(end);
        samePartition(at);
        expect(OFFSET, end);
        long offset = number(end);
        expect(TIMESTAMP, end);
        long timestamp = number(end);
        expect(TIMESTAMP_TYPE, end);
        at = Math.max(at, end - LINE_END.length);
        expect(LINE_END, end);
        check(JsonScanner.lineBreaks(buffer, lineStart, end, MAX_DEPTH) == 0);
        add(offset, timestamp);
    }

    private void samePartition(int end) throws IOException {
        if (lines == 0) {
            topicAndPartition = Arrays.copyOfRange(buffer, lineStart, end);
        } else if (!Arrays.equals(buffer, lineStart, end, topicAndPartition, 0, topicAndPartition.length)) {
            throw new IOException("not a JSONL file of one slice: line " + (lines + 1) + " is of another partition");
        }
    }

    private void add(long offset, long timestamp) throws IOException {
        if (lines == 0) {
            firstOffset = offset;
        } else if (offset <= lastOffset) {
            throw new IOException("not a JSONL file of one slice: offset " + offset + " in line " + (lines + 1)
                    + " follows offset " + lastOffset);
        }
        lastOffset = offset;
        minTimestamp = Math.min(minTimestamp, timestamp);
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        lines++;
    }

    private void expect(byte[] text, int end) throws IOException {
        check(at + text.length <= end && Arrays.equals(buffer, at, at + text.length, text, 0, text.length));
        at += text.length;
    }

    private long number(int end) throws IOException {
        int from = at;
        if (at < end && buffer[at] == '-') {
            at++;
        }
        while (at < end && buffer[at] >= '0' && buffer[at] <= '9') {
            at++;
        }
        try {
            return Long.parseLong(new String(buffer, from, at - from, US_ASCII));
        } catch (NumberFormatException e) {
            throw foreign(e);
        }
    }

    private void check(boolean asWritten) throws IOException {
        if (!asWritten) {
            throw foreign(null);
        }
    }

    private IOException foreign(@Nullable Throwable cause) {
        return new IOException("not a JSONL file of records: line " + (lines + 1) + " is none", cause);
    }
}
