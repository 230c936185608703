package io.pagewalk.internal.consumer;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.cluster.Throttle;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * For how long a consumer's polls have brought nothing, told to who watches. A process that was suspended has not tried: it has
 * polled less often than it had time for. What brokers hold back for a quota is not expected. Confined to the consumer's thread.
 */
public final class Silence implements AutoCloseable {
    private Waits waits;
    private final String quotaAdvice;
    private final Patience patience;
    private Throttle throttle;
    private Waits.@Nullable Wait wait;

    /** @param poll how long a poll waits at most */
    public Silence(Waits waits, KafkaSettings settings, Consumer<?, ?> consumer, Duration poll) {
        this.waits = waits;
        this.quotaAdvice = settings.quotaAdvice("consumer_byte_rate");
        this.throttle = Throttle.ofConsumer(consumer.metrics(), waits.ticks());
        this.patience = new Patience(settings.retryTimeout(), poll.multipliedBy(4), this::held, waits.ticks());
    }

    /** Goes on with another consumer. */
    void continueWith(Consumer<?, ?> consumer) {
        throttle = Throttle.ofConsumer(consumer.metrics(), waits.ticks());
    }

    /** Goes on for another run, by the same clock. */
    void serve(Waits others) {
        waits = others;
    }

    /** Something has come, or is waited for from now on; the arguments are those of {@link Waits#begin}. */
    public void begin(Waits.For whom, Object what, long offset) {
        close();
        wait = waits.begin(whom, what, offset);
        patience.renew();
    }

    /** Whether it lasts for longer than the retry timeout; asked before each poll. */
    public boolean isTooLong() {
        return patience.isExhausted();
    }

    private long held() {
        long left = throttle.left();
        if (left > 0 && wait != null) {
            wait.throttled(left, quotaAdvice);
        }
        return left;
    }

    @Override
    public void close() {
        if (wait != null) {
            wait.end();
            wait = null;
        }
    }
}
