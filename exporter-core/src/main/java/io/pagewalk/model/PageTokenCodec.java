package io.pagewalk.model;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The text form of a token: {@code pw2.<payload>.<checksum>}. The payload is URL-safe base64 without padding of the fields one after the
 * other, see {@link #write}; the checksum is the CRC-32C of everything before its dot, as eight hexadecimal digits. The version prefix
 * stands outside the payload so that a foreign text is told from a damaged token.
 */
final class PageTokenCodec {
    private static final String VERSION = "pw2";
    private static final String PREFIX = VERSION + ".";
    /** How the checksum of a later version is made is not known here, so nothing but its prefix tells. */
    private static final Pattern NEWER_VERSION = Pattern.compile("(pw(?:[3-9]|[1-9][0-9]{1,8}))\\..*", Pattern.DOTALL);

    private static final int CHECKSUM_DIGITS = 8;
    /** Room for the partitions of the largest clusters; a longer text is refused before anything is allocated for it. */
    static final int MAX_LENGTH = 16 * 1024 * 1024;
    /** Of a number of 64 bits. */
    private static final int MOST_BYTES_OF_NUMBER = 10;

    private static final int ID_BYTES = 16;

    private PageTokenCodec() {}

    static String encode(PageToken token) {
        String body = PREFIX + toBase64(write(token));
        return body + "." + checksum(body);
    }

    static PageToken decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidTokenException(
                    "page token is too long: " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
        }
        if (!text.startsWith(PREFIX)) {
            throw unknownPrefix(text);
        }
        int dot = text.indexOf('.', PREFIX.length());
        if (dot < 0 || text.length() < dot + 1 + CHECKSUM_DIGITS) {
            throw new InvalidTokenException("page token is truncated: it ends after " + text.length()
                    + " characters without its checksum; copy the whole token");
        }
        String body = text.substring(0, dot);
        if (!text.substring(dot + 1).equals(checksum(body))) {
            throw new InvalidTokenException(
                    "page token is damaged: its checksum does not match; copy the token again, unchanged");
        }
        String base64 = body.substring(PREFIX.length());
        PageToken token = PageTokenReader.read(payload(base64));
        // Numbers can be written with more bytes than they need.
        if (!toBase64(write(token)).equals(base64)) {
            throw new InvalidTokenException("page token is malformed: its payload is not how it is written");
        }
        return token;
    }

    private static byte[] payload(String base64) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64);
            // The decoder also takes padding, and anything for the bits that the last character has to spare.
            if (toBase64(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new InvalidTokenException("page token is malformed: its payload is not URL-safe base64 without padding");
    }

    private static String toBase64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static UsageException unknownPrefix(String text) {
        if (text.isBlank()) {
            return new InvalidTokenException("page token is empty");
        }
        Matcher newer = NEWER_VERSION.matcher(text);
        if (newer.matches()) {
            return NewerVersionException.of("page token", "it has version " + newer.group(1), VERSION);
        }
        if (PREFIX.startsWith(text)) {
            return new InvalidTokenException(
                    "page token is truncated: it ends after " + text.length() + " characters; copy the whole token");
        }
        return new InvalidTokenException("not a page token: it does not start with " + PREFIX);
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /**
     * Cluster id and topic as a length and UTF-8, the 16 bytes of the topic id, a byte each for isolation level and direction; the sizes,
     * the page, the index of whose turn it is, and the count of partitions. Of each partition: how far its number is from that of
     * the one before (or from 0), its first offset, and how many remain. Numbers are Kafka's variable-length ones, with zigzag.
     */
    private static byte[] write(PageToken token) {
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
