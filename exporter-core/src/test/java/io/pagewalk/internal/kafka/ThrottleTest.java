package io.pagewalk.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private double longestMillis = Double.NaN;
    private double answers;

    private Throttle throttle() {
        add("consumer-fetch-manager-metrics", "fetch-throttle-time-max", () -> longestMillis);
        add("consumer-metrics", "response-total", () -> answers);
        return Throttle.ofConsumer(metrics);
    }

    @Test
    void isAsLongAsAnAnswerSays() {
        Throttle throttle = throttle();
        assertThat(throttle.left()).isNotPositive();

        answer(5_000);

        assertThat(throttle.left()).isBetween(TimeUnit.SECONDS.toNanos(4), TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void isOverInTimeWhereNoMoreAnswersCome() throws InterruptedException {
        Throttle throttle = throttle();
        answer(50);
        assertThat(throttle.left()).isPositive();

        Thread.sleep(60);

        assertThat(throttle.left()).isNegative();
    }

    @Test
    void isNotMadeShorterByAnAnswerThatSaysLess() {
        Throttle throttle = throttle();
        answer(5_000);
        assertThat(throttle.left()).isPositive();
        answer(1);

        assertThat(throttle.left()).isGreaterThan(TimeUnit.SECONDS.toNanos(4));
    }

    @Test
    void isNoneWhereAnswersSayNothing() {
        Throttle throttle = throttle();
        answer(0);
        assertThat(throttle.left()).isNotPositive();
        answer(Double.NaN);
        assertThat(throttle.left()).isNotPositive();
        assertThat(Throttle.ofConsumer(Map.of()).left()).isNotPositive();
        assertThat(Throttle.ofProducer(Map.of()).left()).isNotPositive();
    }

    private void answer(double millis) {
        longestMillis = millis;
        answers++;
    }

    private interface Value {
        double now();
    }

    private void add(String group, String name, Value value) {
        MetricName metricName = new MetricName(name, group, "", Map.of());
        metrics.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value.now();
            }
        });
    }
}
