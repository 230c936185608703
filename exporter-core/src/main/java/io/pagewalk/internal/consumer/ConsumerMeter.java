package io.pagewalk.internal.consumer;

import io.pagewalk.internal.cluster.Throttle;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.ThreadTimes.Activity;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for the time that a consumer's polls take, and for what they bring over the network. The consumer waits for the
 * network within its polls; only its own metrics tell for how long. Confined to the consumer's thread.
 */
final class ConsumerMeter {
    private static final String GROUP = "consumer-metrics";

    private Progress progress;
    private final @Nullable Metric networkWaitNanos;
    private final @Nullable Metric receivedBytes;
    private long pollNanos;
    private long accountedWait;
    private long accountedBytes;

    ConsumerMeter(Consumer<?, ?> consumer, Progress progress) {
        this.progress = progress;
        this.networkWaitNanos = Throttle.metric(consumer.metrics(), GROUP, "io-wait-time-ns-total");
        this.receivedBytes = Throttle.metric(consumer.metrics(), GROUP, "incoming-byte-total");
    }

    /** What comes from now on is for another run. */
    void serve(Progress other) {
        progress = other;
    }

    void polled(long nanos) {
        pollNanos += nanos;
    }

    void throttled(long nanos) {
        progress.threadTimes().spent(Activity.THROTTLED, nanos);
    }

    /** Passes on what has gathered since the last time: at the end of a slice, because metrics are slow to read. */
    void account() {
        long wait = total(networkWaitNanos);
        long waited = Math.min(wait - accountedWait, pollNanos);
        progress.threadTimes().spent(Activity.WAITING, waited);
        progress.threadTimes().spent(Activity.READING, pollNanos - waited);
        pollNanos = 0;
        accountedWait = wait;
        long bytes = total(receivedBytes);
        progress.fetched(bytes - accountedBytes);
        accountedBytes = bytes;
    }

    private static long total(@Nullable Metric metric) {
        return metric != null && metric.metricValue() instanceof Number number ? number.longValue() : 0;
    }
}
