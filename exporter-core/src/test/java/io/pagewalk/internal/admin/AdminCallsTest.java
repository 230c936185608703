package io.pagewalk.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.HandMovedTicks;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a question is asked, by a clock that is moved by hand. */
class AdminCallsTest {
    private static final long LIMIT = Duration.ofSeconds(45).toNanos();

    private final HandMovedTicks ticks = new HandMovedTicks();
    private final long begun = ticks.nanos();
    private final AdminCalls calls = new AdminCalls(
            new KafkaSettings("127.0.0.1:1", Map.of(), Duration.ofNanos(LIMIT)), new StopSignal(), new Waits(ticks));

    private int attempts;

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void givesUpAClientThatDoesNotEndAnAttempt() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> calls.ask("to test", admin -> new Unanswered(Duration.ofHours(1))));

        // The attempt takes all the time, and another one is made in any case.
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void asksAgainUntilTheRetryTimeout() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> calls.ask("to test", admin -> new Unanswered(Duration.ofSeconds(10))));

        assertThat(attempts).isEqualTo(5);
        assertThat(ticks.nanos() - begun)
                .isBetween(
                        Duration.ofSeconds(45).toNanos(), Duration.ofSeconds(55).toNanos());
    }

    @Test
    void doesNotTakeASuspensionForAttempts() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> calls.ask("to test", admin -> {
                    if (attempts == 2) {
                        ticks.advance(Duration.ofHours(8));
                    }
                    return new Unanswered(Duration.ofSeconds(10));
                }));

        assertThat(attempts).isEqualTo(5);
    }

    /** The client gives it up after that time; each look at it takes as long as it may. */
    private final class Unanswered extends KafkaFutureImpl<String> {
        private final long end;

        Unanswered(Duration time) {
            end = ticks.nanos() + time.toNanos();
            attempts++;
        }

        @Override
        public String get(long timeout, TimeUnit unit) throws ExecutionException, TimeoutException {
            ticks.advance(Duration.of(timeout, unit.toChronoUnit()));
            if (ticks.nanos() - end >= 0) {
                throw new ExecutionException(new org.apache.kafka.common.errors.TimeoutException("no answer"));
            }
            throw new TimeoutException();
        }
    }
}
