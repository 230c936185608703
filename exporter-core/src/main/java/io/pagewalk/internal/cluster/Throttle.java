package io.pagewalk.internal.cluster;

import io.pagewalk.internal.progress.Ticks;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Until when the brokers hold a client back for a quota, as far as its own metrics tell. They know the longest time that an
 * answer of late has named, and how many answers came. So it is never later than that time behind the last answer: a broker
 * that answers no more is not held for one that throttles. Confined to the client's thread.
 */
public final class Throttle {
    private final @Nullable Metric longestMillis;
    private final @Nullable Metric answers;
    private final Ticks ticks;
    private double answered;
    private long until;

    private Throttle(@Nullable Metric longestMillis, @Nullable Metric answers, Ticks ticks) {
        this.longestMillis = longestMillis;
        this.answers = answers;
        this.ticks = ticks;
        this.until = ticks.nanos();
    }

    /** Of a consumer that has these metrics. */
    public static Throttle ofConsumer(Map<MetricName, ? extends Metric> metrics, Ticks ticks) {
        return new Throttle(
                metric(metrics, "consumer-fetch-manager-metrics", "fetch-throttle-time-max"),
                metric(metrics, "consumer-metrics", "response-total"),
                ticks);
    }

    /** Of a producer that has these metrics. */
    public static Throttle ofProducer(Map<MetricName, ? extends Metric> metrics, Ticks ticks) {
        return new Throttle(
                metric(metrics, "producer-metrics", "produce-throttle-time-max"),
                metric(metrics, "producer-metrics", "response-total"),
                ticks);
    }

    /** The metric of that name; null if the client has none. */
    public static @Nullable Metric metric(Map<MetricName, ? extends Metric> metrics, String group, String name) {
        return metrics.values().stream()
                .filter(metric -> metric.metricName().group().equals(group))
                .filter(metric -> metric.metricName().name().equals(name))
                .findAny()
                .orElse(null);
    }

    /** For how many nanoseconds from now; 0 or less if it is not held back. */
    public long left() {
        double now = value(answers);
        if (now > answered) {
            answered = now;
            double millis = value(longestMillis);
            if (millis > 0) {
                long named = ticks.nanos() + TimeUnit.MILLISECONDS.toNanos((long) Math.ceil(millis));
                until = named - until > 0 ? named : until;
            }
        }
        return until - ticks.nanos();
    }

    /** Not a number where there is nothing to tell. */
    private static double value(@Nullable Metric metric) {
        return metric != null && metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
