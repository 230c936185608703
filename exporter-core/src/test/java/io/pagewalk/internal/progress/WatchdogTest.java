package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import java.time.Duration;
import java.util.List;
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

    @Test
    void goesOnThoughWhomItTellsFails() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        BlockingQueue<PagewalkException> ended = new LinkedBlockingQueue<>();
        Consumer<String> failingWarnings = line -> {
            told.add(line);
            throw new InternalError("nobody reads");
        };
        Consumer<PagewalkException> failingFailures = failure -> {
            ended.add(failure);
            throw new InternalError("cannot end");
        };
        Waits real = new Waits();
        Watchdog watchdog = new Watchdog(Duration.ofMillis(300), Duration.ZERO, failingWarnings);
        Watchdog.Watching watching = watchdog.watch(real, failingFailures);
        real.begin(Waits.For.RECORDS, SLICE, 120);

        for (int i = 0; i < 3; i++) {
            assertThat(told.poll(20, TimeUnit.SECONDS)).contains("no progress");
            assertThat(ended.poll(20, TimeUnit.SECONDS)).hasMessageContaining("run again");
        }
        watching.end();
    }

    @Test
    void endsOnlyTheRunThatStandsStill() throws InterruptedException {
        BlockingQueue<PagewalkException> ofMoving = new LinkedBlockingQueue<>();
        BlockingQueue<PagewalkException> ofStanding = new LinkedBlockingQueue<>();
        Waits moving = new Waits();
        Waits standing = new Waits();
        Watchdog watchdog = new Watchdog(Duration.ofMillis(300), Duration.ZERO, line -> {});

        List<Watchdog.Watching> watched =
                List.of(watchdog.watch(moving, ofMoving::add), watchdog.watch(standing, ofStanding::add));

        standing.begin(Waits.For.RECORDS, SLICE, 120);

        assertThat(ofStanding.poll(20, TimeUnit.SECONDS)).hasMessageContaining("run again");
        watched.forEach(Watchdog.Watching::end);
        assertThat(ofMoving).isEmpty();
    }

    @Test
    void watchesAgainAfterAWhileWithoutARun() throws InterruptedException {
        BlockingQueue<PagewalkException> ended = new LinkedBlockingQueue<>();
        Waits waits = new Waits();
        Watchdog watchdog = new Watchdog(Duration.ofMillis(300), Duration.ZERO, line -> {});
        watchdog.watch(waits, ended::add).end();
        waits.begin(Waits.For.RECORDS, SLICE, 120);
        assertThat(ended.poll(600, TimeUnit.MILLISECONDS)).isNull();

        Watchdog.Watching watching = watchdog.watch(waits, ended::add);
        assertThat(ended.poll(20, TimeUnit.SECONDS)).hasMessageContaining("run again");
        watching.end();
    }
}
