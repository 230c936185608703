package io.pagewalk.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.progress.HandMovedTicks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final HandMovedTicks ticks = new HandMovedTicks();
    private double longestMillis = Double.NaN;
    private double answers;

    private Throttle throttle() {
        add("consumer-fetch-manager-metrics", "fetch-throttle-time-max", () -> longestMillis);
        add("consumer-metrics", "response-total", () -> answers);
        return Throttle.ofConsumer(metrics, ticks);
    }

    @Test
    void isAsLongAsAnAnswerSays() {
        Throttle throttle = throttle();
        assertThat(throttle.left()).isNotPositive();

        answer(5_000);

        assertThat(throttle.left()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void isOverInTimeWhereNoMoreAnswersCome() {
        Throttle throttle = throttle();
        answer(50);
        assertThat(throttle.left()).isPositive();

        ticks.advance(Duration.ofMillis(60));

        assertThat(throttle.left()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(-10));
    }

    @Test
    void isNotMadeShorterByAnAnswerThatSaysLess() {
        Throttle throttle = throttle();
        answer(5_000);
        assertThat(throttle.left()).isPositive();
        answer(1);

        assertThat(throttle.left()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void isNoneWhereAnswersSayNothing() {
        Throttle throttle = throttle();
        answer(0);
        assertThat(throttle.left()).isNotPositive();
        answer(Double.NaN);
        assertThat(throttle.left()).isNotPositive();
        assertThat(Throttle.ofConsumer(Map.of(), ticks).left()).isNotPositive();
        assertThat(Throttle.ofProducer(Map.of(), ticks).left()).isNotPositive();
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
