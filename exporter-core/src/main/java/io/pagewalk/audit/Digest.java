package io.pagewalk.audit;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A number modulo 2 to the power of 128. The digests of records are added up, so that the sum does not depend on their order.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Digest(long high, long low) {
    public static final Digest ZERO = new Digest(0, 0);

    public static Digest firstOf(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Digest(buffer.getLong(), buffer.getLong());
    }

    public Digest plus(Digest other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Digest(high + other.high + carry, sum);
    }

    /** In 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
