package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
    private static final Slice SLICE = new Slice(new TopicPartition("orders", 3), new OffsetRange(100, 200));

    private final Waits waits = new Waits();
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    private final BlockingQueue<PagewalkException> failures = new LinkedBlockingQueue<>();

    @Test
    void tellsOfAReadThatStandsStillAndThenEndsIt() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(600))) {
            waits.begin(Waits.For.RECORDS, SLICE, 120);

            assertThat(warnings.poll(20, TimeUnit.SECONDS))
                    .contains("no progress", "orders-3 [100, 200)", "offset 120", "brokers", "--retry-timeout");
            assertThat(failures).isEmpty();
            assertThat(failures.poll(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExportFailedException.class)
                    .hasMessageContainingAll("orders-3 [100, 200)", "offset 120", "run again");
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void tellsOfAStorageThatDoesNotAnswerAndWaitsForIt() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(60))) {
            waits.begin(Waits.For.STORAGE, SLICE, 120);

            // Each after twice the time: more than ten times what a read would have been given.
            for (int i = 0; i < 6; i++) {
                assertThat(warnings.poll(20, TimeUnit.SECONDS)).contains("orders-3 [100, 200) waits for the storage");
            }
            assertThat(failures).isEmpty();
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void doesNotEndAPageWhoseCheckpointWaits() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(60))) {
            waits.begin(Waits.For.BROKERS, "page 7", -1);

            for (int i = 0; i < 6; i++) {
                assertThat(warnings.poll(20, TimeUnit.SECONDS)).contains("page 7 waits for the brokers");
            }
            assertThat(failures).isEmpty();
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void isSilentWhileThingsMove() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofSeconds(3))) {
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            for (long offset = 100; System.nanoTime() < end; offset++) {
                Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, offset);
                assertThat(warnings.poll(50, TimeUnit.MILLISECONDS)).isNull();
                wait.end();
            }
            assertThat(failures).isEmpty();
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void tellsOfAPageWhoseThreadsDoNothingAndThenEndsIt() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(600))) {
            waits.begin(Waits.For.THREADS, "page 7", -1);

            assertThat(warnings.poll(20, TimeUnit.SECONDS)).contains("no progress", "page 7 waits for its threads");
            assertThat(failures.poll(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExportFailedException.class)
                    .hasMessageContainingAll("page 7 waits for its threads", "done anything", "run again");
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void isSilentOfAPageWhileAThreadHoldsBackForTheRate() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(60))) {
            waits.begin(Waits.For.THREADS, "page 7", -1);
            inAnotherThread(() -> waits.begin(Waits.For.RATE, SLICE, 120));

            assertThat(warnings.poll(1, TimeUnit.SECONDS)).isNull();
            assertThat(failures).isEmpty();
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void tellsOfAQuotaNowAndThenAndEndsNothingForIt() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(60))) {
            Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, 120);
            wait.throttled(TimeUnit.MINUTES.toNanos(5), "ask for more");

            for (int i = 0; i < 5; i++) {
                assertThat(warnings.poll(20, TimeUnit.SECONDS))
                        .contains("throttled by a quota", "orders-3 [100, 200)", "offset 120", "ask for more");
            }
            assertThat(failures).isEmpty();
            assertThat(watchdog).isNotNull();
        }
    }

    /** A broker may die while it throttles. */
    @Test
    void endsAReadThatStandsStillBehindAThrottle() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(300))) {
            Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, 120);
            wait.throttled(TimeUnit.MILLISECONDS.toNanos(900), "ask for more");

            assertThat(failures.poll(800, TimeUnit.MILLISECONDS)).isNull();
            assertThat(failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("run again");
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void tellsOfAQuotaAlsoWhereRecordsComeInBetween() throws Exception {
        try (Watchdog watchdog = watchdog(Duration.ofMillis(600))) {
            String told = null;
            for (long offset = 100; told == null && offset < 200; offset++) {
                Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, offset);
                wait.throttled(TimeUnit.SECONDS.toNanos(5), "ask for more");
                told = warnings.poll(100, TimeUnit.MILLISECONDS);
                wait.end();
            }
            assertThat(told).contains("throttled by a quota", "ask for more");
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void tellsWhatIsWaitedForInsteadOfWhatItIsPartOf() throws Exception {
        Waits.Wait page = waits.begin(Waits.For.STORAGE, "page 7", -1);
        Waits.Wait entry = waits.begin(Waits.For.STORAGE, "checkpoint 7", -1);

        assertThat(waits.current()).containsExactly(entry);
        entry.end();
        assertThat(waits.current()).containsExactly(page);
        page.end();
        assertThat(waits.current()).isEmpty();
    }

    @Test
    void goesOnThoughWhomItTellsFails() throws Exception {
        Consumer<String> failingWarnings = line -> {
            warnings.add(line);
            throw new InternalError("nobody reads");
        };
        Consumer<PagewalkException> failingFailures = failure -> {
            failures.add(failure);
            throw new InternalError("cannot end");
        };
        try (Watchdog watchdog =
                new Watchdog(waits, Duration.ofMillis(300), Duration.ZERO, failingWarnings, failingFailures)) {
            waits.begin(Waits.For.RECORDS, SLICE, 120);

            for (int i = 0; i < 3; i++) {
                assertThat(warnings.poll(20, TimeUnit.SECONDS)).contains("no progress");
                assertThat(failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("run again");
            }
            assertThat(watchdog).isNotNull();
        }
    }

    private static void inAnotherThread(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action);
        thread.start();
        thread.join();
    }

    private Watchdog watchdog(Duration retryTimeout) {
        return new Watchdog(waits, retryTimeout, Duration.ZERO, warnings::add, failures::add);
    }
}
