package io.pagewalk.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/** The text form of a token: {@code pw2}, and in its {@link TokenEnvelope} the fields one after the other, see {@link #write}. */
final class PageTokenCodec {
    private static final TokenEnvelope ENVELOPE = new TokenEnvelope("pw", 2);
    /** Of a number of 64 bits. */
    static final int MOST_BYTES_OF_NUMBER = 10;

    private static final int ID_BYTES = 16;

    private PageTokenCodec() {}

    static String encode(PageToken token) {
        return ENVELOPE.write(write(token));
    }

    static PageToken decode(String text) {
        byte[] payload = ENVELOPE.read(text);
        PageToken token = PageTokenReader.read(ByteBuffer.wrap(payload));
        // Numbers can be written with more bytes than they need.
        if (!Arrays.equals(write(token), payload)) {
            throw new InvalidTokenException("page token is malformed: its payload is not how it is written");
        }
        return token;
    }

    /**
     * Cluster id and topic as a length and UTF-8, the 16 bytes of the topic id, a byte each for isolation level and direction; the sizes,
     * the page, the index of whose turn it is, and the count of partitions. Of each partition: how far its number is from that of
     * the one before (or from 0), its first offset, and how many remain. Numbers are Kafka's variable-length ones, with zigzag.
     */
    static byte[] write(PageToken token) {
        byte[] cluster = token.clusterId().getBytes(StandardCharsets.UTF_8);
        byte[] topic = token.topic().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(
                cluster.length + topic.length + ID_BYTES + 2 + (7 + 3 * token.partitionCount()) * MOST_BYTES_OF_NUMBER);
        write(cluster, out);
        write(topic, out);
        out.putLong(token.topicId().getMostSignificantBits());
        out.putLong(token.topicId().getLeastSignificantBits());
        out.put(token.isolationLevel().id());
        out.put((byte) (token.direction() == Direction.ASC ? 0 : 1));
        ByteUtils.writeVarlong(token.pageSize(), out);
        ByteUtils.writeVarlong(token.sliceSize(), out);
        ByteUtils.writeVarlong(token.page(), out);
        ByteUtils.writeVarint(token.turn(), out);
        ByteUtils.writeVarint(token.partitionCount(), out);
        int before = 0;
        for (int i = 0; i < token.partitionCount(); i++) {
            ByteUtils.writeVarlong(token.partition(i) - (long) before, out);
            ByteUtils.writeVarlong(token.start(i), out);
            ByteUtils.writeVarlong(token.end(i) - token.start(i), out);
            before = token.partition(i);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void write(byte[] text, ByteBuffer out) {
        ByteUtils.writeVarint(text.length, out);
        out.put(text);
    }
}
