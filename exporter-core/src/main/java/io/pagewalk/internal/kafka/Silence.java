package io.pagewalk.internal.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * For how long a consumer's polls have brought nothing, told to who watches. A process that was suspended has not tried: it has
 * polled less often than it had time for. What brokers hold back for a quota is not expected. Confined to the consumer's thread.
 */
final class Silence implements AutoCloseable {
    private final Waits waits;
    private final Duration limit;
    private final String quotaAdvice;
    private final long leastPolls;
    private Throttle throttle;
    private Waits.@Nullable Wait wait;
    private long nanos;
    private long polls;
    private long last;

    /** @param poll how long a poll waits at most */
    Silence(Waits waits, KafkaSettings settings, Consumer<?, ?> consumer, Duration poll) {
        this.waits = waits;
        this.limit = settings.retryTimeout();
        this.quotaAdvice = settings.quotaAdvice("consumer_byte_rate");
        this.leastPolls = limit.dividedBy(poll.multipliedBy(4));
        this.throttle = Throttle.ofConsumer(consumer.metrics());
    }

    /** Goes on with another consumer. */
    void continueWith(Consumer<?, ?> consumer) {
        throttle = Throttle.ofConsumer(consumer.metrics());
    }

    /** Something has come, or is waited for from now on; the arguments are those of {@link Waits#begin}. */
    void begin(Waits.For whom, Object what, long offset) {
        close();
        wait = waits.begin(whom, what, offset);
        nanos = 0;
        polls = 0;
        last = System.nanoTime();
    }

    /** Whether it lasts for longer than the retry timeout; asked before each poll. */
    boolean isTooLong() {
        long left = throttle.left();
        long now = System.nanoTime();
        // What is left reaches into the future, and what is over reached so far into the time since the last poll.
        nanos += Math.max(0, Math.min(now - last, -left));
        last = now;
        if (left <= 0) {
            polls++;
        } else if (wait != null) {
            wait.throttled(left, quotaAdvice);
        }
        return nanos > limit.toNanos() && polls > leastPolls;
    }

    @Override
    public void close() {
        if (wait != null) {
            wait.end();
            wait = null;
        }
    }
}
