package io.pagewalk.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.ByteUtils;

/** Reads a token's payload strictly: every value in its range, and nothing behind the last. */
final class PageTokenReader {
    private static final Pattern CLUSTER_ID = Pattern.compile("\\P{C}+");
    private static final int LONGEST_TEXT = 1024;
    private static final int LEAST_BYTES_OF_PARTITION = 3;

    private final ByteBuffer in;
    private long size;

    private PageTokenReader(ByteBuffer in) {
        this.in = in;
    }

    /** What is left of a payload is a token. */
    static PageToken read(ByteBuffer payload) {
        try {
            return new PageTokenReader(payload).read();
        } catch (BufferUnderflowException e) {
            throw malformed("its payload ends in the middle");
        } catch (IllegalArgumentException e) {
            throw malformed("a number of its payload is longer than any");
        }
    }

    private PageToken read() {
        String cluster = clusterId(text());
        String topic = topic(text());
        Uuid topicId = new Uuid(in.getLong(), in.getLong());
        IsolationLevel isolation = isolation(in.get());
        Direction direction = direction(in.get());
        long pageSize = positive("page size");
        long sliceSize = positive("slice size");
        if (sliceSize > pageSize) {
            throw malformed("slice size " + sliceSize + " is above page size " + pageSize);
        }
        long page = positive("page");
        int turn = ByteUtils.readVarint(in);
        int[] partitions = new int[count()];
        long[] starts = new long[partitions.length];
        long[] ends = new long[partitions.length];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = partition(i, partitions);
            starts[i] = ByteUtils.readVarlong(in);
            ends[i] = end(partitions[i], starts[i], ByteUtils.readVarlong(in));
        }
        if (in.hasRemaining()) {
            throw malformed("something follows its payload");
        }
        if (page > Long.MAX_VALUE - size) {
            throw malformed("page " + page + " leaves no numbers for the pages that remain");
        }
        requireTurn(turn, starts, ends);
        return new PageToken(
                cluster,
                topic,
                topicId,
                isolation,
                direction,
                pageSize,
                sliceSize,
                page,
                turn,
                partitions,
                starts,
                ends);
    }

    /** No more than the payload has room for: it is not trusted. */
    private int count() {
        int count = ByteUtils.readVarint(in);
        if (count < 0 || count > in.remaining() / LEAST_BYTES_OF_PARTITION) {
            throw malformed("it says that it has " + count + " partitions, and has not");
        }
        return count;
    }

    private int partition(int index, int[] partitions) {
        int before = index == 0 ? 0 : partitions[index - 1];
        long apart = ByteUtils.readVarlong(in);
        long partition = before + apart;
        if (apart > Integer.MAX_VALUE || partition < 0 || partition > Integer.MAX_VALUE) {
            throw malformed("there is no partition " + partition);
        }
        if (index > 0 && partition == before) {
            throw malformed("partition " + partition + " stands twice");
        }
        if (index > 0 && partition < before) {
            throw malformed("partition " + partition + " stands after " + before);
        }
        return (int) partition;
    }

    private long end(int partition, long start, long remaining) {
        if (start < 0 || remaining < 0 || remaining > Long.MAX_VALUE - start) {
            throw malformed("partition " + partition + " has " + remaining + " offsets from " + start + " on");
        }
        if (remaining > Long.MAX_VALUE - size) {
            throw malformed("its ranges add up to more offsets than a number holds");
        }
        size += remaining;
        return start + remaining;
    }

    /** It is that of a partition that has something left, or of the first one if none has. */
    private void requireTurn(int turn, long[] starts, long[] ends) {
        if (turn != 0 && (turn < 0 || turn >= starts.length)) {
            throw malformed("it is the turn of partition " + turn + " of " + starts.length);
        }
        if (size == 0 ? turn > 0 : starts[turn] == ends[turn]) {
            throw malformed(
                    "it is the turn of partition " + turn + " of " + starts.length + ", which has nothing left");
        }
    }

    private String text() {
        int length = ByteUtils.readVarint(in);
        if (length < 0 || length > LONGEST_TEXT) {
            throw malformed("a text of it has " + length + " bytes");
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long positive(String what) {
        long number = ByteUtils.readVarlong(in);
        if (number < 1) {
            throw malformed("its " + what + " is " + number);
        }
        return number;
    }

    /** Kafka takes any text for one; what would steer a terminal, or cannot be written into the next token, is none. */
    private static String clusterId(String text) {
        if (!CLUSTER_ID.matcher(text).matches()) {
            throw malformed("'" + printable(text) + "' is not a cluster id");
        }
        return text;
    }

    private static String topic(String name) {
        if (!TopicNames.isValid(name)) {
            throw malformed("'" + printable(name) + "' is not a topic name");
        }
        return name;
    }

    private static IsolationLevel isolation(byte id) {
        for (IsolationLevel level : IsolationLevel.values()) {
            if (level.id() == id) {
                return level;
            }
        }
        throw malformed("it has no isolation level " + id);
    }

    private static Direction direction(byte number) {
        return switch (number) {
            case 0 -> Direction.ASC;
            case 1 -> Direction.DESC;
            default -> throw malformed("it has no direction " + number);
        };
    }

    private static InvalidTokenException malformed(String what) {
        return new InvalidTokenException("page token is malformed: " + what);
    }

    /** Tokens are untrusted: what a message repeats of one is short and cannot steer a terminal. */
    private static String printable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
