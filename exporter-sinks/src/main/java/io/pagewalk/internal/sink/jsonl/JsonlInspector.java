package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileContent.Bounds;
import java.io.IOException;
import java.io.InputStream;

/** Reads back what the lines of a file cover; of payloads, only that they are JSON. Holds one line. */
final class JsonlInspector {
    static final byte[] PARTITION = "\",\"partition\":".getBytes(US_ASCII);
    static final byte[] OFFSET = ",\"offset\":".getBytes(US_ASCII);
    static final byte[] TIMESTAMP = ",\"timestamp\":".getBytes(US_ASCII);
    static final byte[] TIMESTAMP_TYPE = ",\"timestampType\":\"".getBytes(US_ASCII);
    private static final byte[] LINE_END = "]}".getBytes(US_ASCII);

    private final LineReader line;

    private byte[] topicAndPartition = {};
    private long firstOffset;
    private long lastOffset;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;

    JsonlInspector(InputStream in, PayloadFormats payloads) {
        line = new LineReader(in, payloads);
    }

    FileContent inspect() throws IOException {
        while (line.next()) {
            line.untilQuote();
            line.expect(PARTITION);
            line.number();
            samePartition();
            line.expect(OFFSET);
            long offset = line.number();
            line.expect(TIMESTAMP);
            long timestamp = line.number();
            line.expect(TIMESTAMP_TYPE);
            line.check(line.endsWith(LINE_END));
            add(offset, timestamp);
        }
        return line.line() == 0
                ? FileContent.EMPTY
                : new FileContent(line.line(), new Bounds(firstOffset, lastOffset, minTimestamp, maxTimestamp));
    }

    private void samePartition() throws IOException {
        if (line.line() == 1) {
            topicAndPartition = line.passed();
        } else if (!line.hasPassed(topicAndPartition)) {
            throw new IOException("not a JSONL file of one slice: line " + line.line() + " is of another partition");
        }
    }

    private void add(long offset, long timestamp) throws IOException {
        if (line.line() == 1) {
            firstOffset = offset;
        } else if (offset <= lastOffset) {
            throw new IOException("not a JSONL file of one slice: offset " + offset + " in line " + line.line()
                    + " follows offset " + lastOffset);
        }
        lastOffset = offset;
        minTimestamp = Math.min(minTimestamp, timestamp);
        maxTimestamp = Math.max(maxTimestamp, timestamp);
    }
}
