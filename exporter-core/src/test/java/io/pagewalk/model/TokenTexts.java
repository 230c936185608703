package io.pagewalk.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.utils.ByteUtils;

/** Token texts made by hand: whatever stands in them, their checksum is right. */
final class TokenTexts {
    /** What a token says; as it stands here, it is as it should be. */
    static final class Fields {
        byte[] cluster = {'c'};
        byte[] topic = "orders".getBytes(StandardCharsets.UTF_8);
        long topicId = 2;
        int isolation = 1;
        int direction;
        long pageSize = 10;
        long sliceSize = 5;
        long page = 3;
        int turn;
        int count = 2;
        /** Number, start and how many remain. */
        List<long[]> partitions = new ArrayList<>(List.of(new long[] {0, 0, 5}, new long[] {3, 7, 2}));

        byte[] behind = {};

        byte[] payload() {
            ByteBuffer out =
                    ByteBuffer.allocate(1024 + cluster.length + topic.length + 30 * partitions.size() + behind.length);
            ByteUtils.writeVarint(cluster.length, out);
            out.put(cluster);
            ByteUtils.writeVarint(topic.length, out);
            out.put(topic);
            out.putLong(1).putLong(topicId).put((byte) isolation).put((byte) direction);
            ByteUtils.writeVarlong(pageSize, out);
            ByteUtils.writeVarlong(sliceSize, out);
            ByteUtils.writeVarlong(page, out);
            ByteUtils.writeVarint(turn, out);
            ByteUtils.writeVarint(count, out);
            long before = 0;
            for (long[] partition : partitions) {
                ByteUtils.writeVarlong(partition[0] - before, out);
                ByteUtils.writeVarlong(partition[1], out);
                ByteUtils.writeVarlong(partition[2], out);
                before = partition[0];
            }
            out.put(behind);
            return Arrays.copyOf(out.array(), out.position());
        }
    }

    private TokenTexts() {}

    static String text() {
        return with(fields -> {});
    }

    /** The token with something else in it. */
    static String with(Consumer<Fields> change) {
        Fields fields = new Fields();
        change.accept(fields);
        return ofBytes(fields.payload());
    }

    static byte[] payload() {
        return new Fields().payload();
    }

    static String ofBytes(byte[] payload) {
        return ofPayload(Base64.getUrlEncoder().withoutPadding().encodeToString(payload));
    }

    /** {@code payload} as a token, base64 or not. */
    static String ofPayload(String payload) {
        return sealed("pw2." + payload);
    }

    static String sealed(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return body + "." + String.format("%08x", crc.getValue());
    }
}
