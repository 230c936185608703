package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchTest {
    private static final Slice SLICE = new Slice(new TopicPartition("orders", 3), new OffsetRange(100, 200));
    private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final HandMovedTicks ticks = new HandMovedTicks();
    private final Waits waits = new Waits(ticks);
    private final List<String> warnings = new ArrayList<>();
    private final List<PagewalkException> failures = new ArrayList<>();
    private final Watch watch = new Watch(waits, RETRY_TIMEOUT, GRACE, warnings::add, failures::add);

    @Test
    void tellsOfAReadThatStandsStillAndThenEndsIt() {
        waits.begin(Waits.For.RECORDS, SLICE, 120);

        pass(10);
        assertThat(warnings)
                .containsExactly(
                        "no progress for 10 s: orders-3 [100, 200) waits for the brokers at offset 120; gives up"
                                + " after 60 s (the retry timeout)");
        pass(60);
        assertThat(warnings).hasSize(3);
        assertThat(failures).isEmpty();
        look();
        assertThat(failures)
                .singleElement()
                .isInstanceOf(ExportFailedException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("orders-3 [100, 200)", "offset 120", "has not come back for 72 s", "run again");
    }

    @Test
    void tellsOfAStorageThatDoesNotAnswerAndWaitsForIt() {
        waits.begin(Waits.For.STORAGE, SLICE, 120);

        pass(600);

        // Each after twice the time: 10, 20, 40, 80, 160, 320.
        assertThat(warnings).hasSize(6).allMatch(line -> line.contains("orders-3 [100, 200) waits for the storage"));
        assertThat(failures).isEmpty();
    }

    @Test
    void doesNotEndAPageWhoseCheckpointWaits() {
        waits.begin(Waits.For.BROKERS, "page 7", -1);

        pass(600);

        assertThat(warnings).hasSize(6).allMatch(line -> line.contains("page 7 waits for the brokers"));
        assertThat(failures).isEmpty();
    }

    @Test
    void isSilentWhileThingsMove() {
        for (long offset = 100; offset < 200; offset++) {
            Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, offset);
            pass(9);
            wait.end();
        }

        assertThat(warnings).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void doesNotTakeASuspensionForAWait() {
        waits.begin(Waits.For.RECORDS, SLICE, 120);

        ticks.advance(Duration.ofHours(8));
        watch.look();

        assertThat(warnings).isEmpty();
        assertThat(failures).isEmpty();
        pass(60);
        assertThat(failures).isEmpty();
    }

    @Test
    void tellsOfAPageWhoseThreadsDoNothingAndThenEndsIt() {
        waits.begin(Waits.For.THREADS, "page 7", -1);

        pass(75);

        assertThat(warnings).first().asString().contains("no progress", "page 7 waits for its threads");
        assertThat(failures)
                .first()
                .isInstanceOf(ExportFailedException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("page 7 waits for its threads", "done anything", "run again");
    }

    @Test
    void isSilentOfAPageWhileAThreadHoldsBackForTheRate() throws InterruptedException {
        waits.begin(Waits.For.THREADS, "page 7", -1);
        inAnotherThread(() -> waits.begin(Waits.For.RATE, SLICE, 120));

        pass(600);

        assertThat(warnings).isEmpty();
        assertThat(failures).isEmpty();
    }

    /** Their scheduler answers for them: a page may take hours. */
    @Test
    void isSilentOfAPageThatOtherProcessesWorkOn() throws InterruptedException {
        waits.begin(Waits.For.THREADS, "page 7", -1);
        inAnotherThread(() -> waits.begin(Waits.For.WORKERS, "page 7", -1));

        pass(36_000);

        assertThat(warnings).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void tellsOfAQuotaNowAndThenAndEndsNothingForIt() {
        Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, 120);
        wait.throttled(TimeUnit.MINUTES.toNanos(11), "ask for more");

        pass(600);

        assertThat(warnings)
                .hasSize(6)
                .allMatch(line -> line.contains("throttled by a quota")
                        && line.contains("orders-3 [100, 200)")
                        && line.contains("offset 120")
                        && line.contains("ask for more"));
        assertThat(warnings.get(0)).contains("goes on slowly");
        assertThat(warnings.get(5)).contains("nothing has come for 320 s");
        assertThat(failures).isEmpty();
    }

    /** A broker may die while it throttles. */
    @Test
    void endsAReadThatStandsStillBehindAThrottle() {
        Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, 120);
        wait.throttled(TimeUnit.SECONDS.toNanos(100), "ask for more");

        pass(165);
        assertThat(failures).isEmpty();
        pass(10);
        assertThat(failures).first().asString().contains("run again");
    }

    @Test
    void tellsOfAQuotaAlsoWhereRecordsComeInBetween() {
        for (long offset = 100; offset < 110; offset++) {
            Waits.Wait wait = waits.begin(Waits.For.RECORDS, SLICE, offset);
            wait.throttled(TimeUnit.SECONDS.toNanos(5), "ask for more");
            look();
            wait.end();
        }

        assertThat(warnings).isNotEmpty().allMatch(line -> line.contains("throttled by a quota"));
    }

    @Test
    void tellsWhatIsWaitedForInsteadOfWhatItIsPartOf() {
        Waits.Wait page = waits.begin(Waits.For.STORAGE, "page 7", -1);
        Waits.Wait entry = waits.begin(Waits.For.STORAGE, "checkpoint 7", -1);

        assertThat(waits.current()).containsExactly(entry);
        entry.end();
        assertThat(waits.current()).containsExactly(page);
        page.end();
        assertThat(waits.current()).isEmpty();
    }

    /** On its own thread, by the machine's clock. */
    private static void inAnotherThread(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action);
        thread.start();
        thread.join();
    }

    /** So many seconds pass, in the steps in which it is looked at. */
    private void pass(long seconds) {
        Duration interval = watch.interval();
        for (Duration passed = interval;
                passed.compareTo(Duration.ofSeconds(seconds)) <= 0;
                passed = passed.plus(interval)) {
            look();
        }
    }

    private void look() {
        ticks.advance(watch.interval());
        watch.look();
    }
}
