package io.pagewalk.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    @Test
    void addsModulo2ToThe128() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Digest digest = Digest.ZERO;
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                if (i % 5 == 0) {
                    ByteBuffer.wrap(bytes).putLong(-1).putLong(-1);
                }
                digest = digest.plus(Digest.firstOf(bytes));
                sum = sum.add(new BigInteger(1, bytes, 0, 16)).mod(MODULUS);
            }

            assertThat(new BigInteger(digest.toString(), 16)).as("seed " + seed).isEqualTo(sum);
            assertThat(digest.toString()).hasSize(32);
        }
    }
}
