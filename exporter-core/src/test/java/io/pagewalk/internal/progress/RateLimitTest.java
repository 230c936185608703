package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - SECOND;

    @Test
    void letsNothingThroughBeforeItsTime() {
        RateLimit limit = RateLimit.of(1000, () -> now);

        assertThat(limit.take(500)).isEqualTo(SECOND / 2);
        assertThat(limit.take(250)).as("behind the first").isEqualTo(SECOND / 2 + SECOND / 4);
    }

    @Test
    void keepsWhatWasNotUsedForASecond() {
        RateLimit limit = RateLimit.of(1000, () -> now);
        limit.take(1000);

        now += SECOND + SECOND / 2;

        assertThat(limit.take(500)).isZero();
        now += 3600 * SECOND;
        assertThat(limit.take(1000)).isZero();
        assertThat(limit.take(1000)).isEqualTo(SECOND);
    }

    @Test
    void lendsNothingAtTheBeginning() {
        RateLimit limit = RateLimit.of(1000, () -> now);

        now += SECOND / 10;

        assertThat(limit.take(1000)).isEqualTo(SECOND - SECOND / 10);
    }

    @Test
    void asksNobodyToWaitWithoutALimit() {
        RateLimit limit = RateLimit.none();

        assertThat(limit.take(Long.MAX_VALUE)).isNotPositive();
        assertThat(limit.take(Long.MAX_VALUE)).isNotPositive();
        assertThat(limit.pollBytes(4 << 20)).isEqualTo(4 << 20);
    }

    @Test
    void holdsTheSlowestAndTheFastestRate() {
        RateLimit slow = RateLimit.of(1, () -> now);
        RateLimit fast = RateLimit.of(Long.MAX_VALUE, () -> now);

        assertThat(slow.take(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE * SECOND);
        assertThat(fast.take(Integer.MAX_VALUE)).isLessThan(2);
        assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.of(0));
    }

    @Test
    void letsASlowExportGoInSmallSteps() {
        assertThat(RateLimit.of(400_000).pollBytes(4 << 20)).isEqualTo(100_000);
        assertThat(RateLimit.of(1).pollBytes(4 << 20)).isEqualTo(16 * 1024);
        assertThat(RateLimit.of(1L << 40).pollBytes(4 << 20)).isEqualTo(4 << 20);
    }

    /** Workers that read as fast as they may, and now and then do something else. */
    @Test
    void holdsWorkersTogetherToTheRateAndServesThemAlike() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long rate = 1L << (10 + random.nextInt(25));
            RateLimit limit = RateLimit.of(rate, () -> now);
            long begun = now;
            long[] ready = new long[1 + random.nextInt(8)];
            long[] taken = new long[ready.length];
            long most = limit.pollBytes(4 << 20);
            long total = 0;
            boolean busy = random.nextBoolean();
            for (int poll = 0; poll < 2000; poll++) {
                int worker = first(ready);
                now = begun + ready[worker];
                long bytes = most / 2 + random.nextLong(most / 2);
                long wait = limit.take(bytes);
                long handedOver = ready[worker] + Math.max(0, wait);
                total += bytes;
                taken[worker] += bytes;

                assertThat(total / (double) rate)
                        .as("seconds' worth after %s ns, seed %s", handedOver, seed)
                        .isLessThanOrEqualTo(handedOver / 1e9 + 1e-6);

                long writing = busy ? 0 : random.nextLong(2 * SECOND * most / rate + 1);
                ready[worker] = handedOver + writing;
            }
            if (busy) {
                assertThat(total / (double) rate)
                        .as("the rate is used up, seed %s", seed)
                        .isEqualTo(Arrays.stream(ready).max().getAsLong() / 1e9, within(1e-3));
                double mean = Arrays.stream(taken).average().getAsDouble();
                for (long share : taken) {
                    assertThat(share / mean).as("share, seed %s", seed).isEqualTo(1, within(0.1));
                }
            }
        }
    }

    private static int first(long[] ready) {
        int first = 0;
        for (int i = 1; i < ready.length; i++) {
            if (ready[i] < ready[first]) {
                first = i;
            }
        }
        return first;
    }
}
