package io.pagewalk.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.follow.CommitRule;
import io.pagewalk.table.TablePosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run waits for, and for how long, and what it is told. */
@Timeout(30)
class FollowerThreadTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONGER = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<TablePosition> targets = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    /** Each lets one attempt go on. */
    private final BlockingQueue<Boolean> permits = new ArrayBlockingQueue<>(10);

    private final BlockingQueue<TablePosition> begun = new ArrayBlockingQueue<>(10);

    private static TablePosition at(long sequence) {
        return TablePosition.NOTHING.at(1, sequence);
    }

    private TablePosition reach(TablePosition target, Consumer<TablePosition> moved) {
        targets.add(target);
        return target;
    }

    private TablePosition reachWithPermit(TablePosition target, Consumer<TablePosition> moved) {
        targets.add(target);
        begun.add(target);
        try {
            permits.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return target;
    }

    private FollowerThread start(FollowerThread.Work work, CommitRule rule, Duration timeout) {
        return new FollowerThread("follower", work, rule, timeout, told::add);
    }

    @Test
    void pagesThatAreCommittedMeanwhileComeTogetherUpToTheLastOne() throws InterruptedException {
        try (FollowerThread thread = start(this::reachWithPermit, CommitRule.EVERY_PAGE, LONG)) {
            thread.committed(at(1));
            assertThat(begun.take()).isEqualTo(at(1));
            thread.committed(at(2));
            thread.committed(at(4));
            thread.committed(at(3));
            permits.add(true);
            assertThat(begun.take()).isEqualTo(at(4));
            permits.add(true);
            thread.awaitLevel();
            assertThat(thread.reached()).isEqualTo(at(4));
        }
        assertThat(targets).containsExactly(at(1), at(4));
    }

    @Test
    void aPageHoldsUpNothingThoughTheTableIsBusy() throws InterruptedException {
        try (FollowerThread thread = start(this::reachWithPermit, CommitRule.EVERY_PAGE, LONG)) {
            thread.committed(at(1));
            begun.take();
            for (int page = 2; page < 1000; page++) {
                thread.committed(at(page));
            }
            assertThat(thread.reached()).isEqualTo(TablePosition.NOTHING);
            permits.add(true);
            permits.add(true);
        }
    }

    @Test
    void nothingHappensBeforeTheEndWhereThatIsTheRule() throws InterruptedException {
        try (FollowerThread thread = start(this::reach, CommitRule.AT_END, LONG)) {
            thread.committed(at(1));
            thread.committed(at(2));
            TimeUnit.MILLISECONDS.sleep(100);
            assertThat(targets).isEmpty();
            thread.awaitLevel();
            assertThat(targets).containsExactly(at(2));
        }
    }

    @Test
    void withATimeItWaitsForThatAndTheEndDoesNot() throws InterruptedException {
        try (FollowerThread thread = start(this::reach, CommitRule.every(HOUR), LONG)) {
            thread.committed(at(1));
            TimeUnit.MILLISECONDS.sleep(100);
            assertThat(targets).isEmpty();
            thread.awaitLevel();
            assertThat(targets).containsExactly(at(1));
        }
    }

    @Test
    void withAShortTimeItCommitsWithoutTheEnd() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        FollowerThread.Work work = (target, moved) -> {
            reached.countDown();
            return target;
        };
        try (FollowerThread thread = start(work, CommitRule.every(Duration.ofMillis(50)), LONG)) {
            thread.committed(at(1));
            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theEndWaitsUntilTheTableIsLevel() throws InterruptedException {
        try (FollowerThread thread = start(this::reachWithPermit, CommitRule.EVERY_PAGE, LONG)) {
            thread.committed(at(1));
            begun.take();
            AtomicReference<TablePosition> atEnd = new AtomicReference<>();
            Thread end = new Thread(() -> {
                try {
                    thread.awaitLevel();
                    atEnd.set(thread.reached());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            end.start();
            end.join(200);
            assertThat(end.isAlive()).isTrue();
            permits.add(true);
            end.join();
            assertThat(atEnd.get()).isEqualTo(at(1));
        }
    }

    @Test
    void theEndWaitsNoLongerThanTheRetryTimeoutForACatalogThatDoesNotAnswer() throws InterruptedException {
        try (FollowerThread thread = start(this::reachWithPermit, CommitRule.EVERY_PAGE, SHORT)) {
            thread.committed(at(1));
            begun.take();
            assertThatThrownBy(thread::awaitLevel)
                    .isInstanceOf(ExportFailedException.class)
                    .hasMessage("its catalog does not answer");
            permits.add(true);
        }
    }

    @Test
    void theEndWaitsOnAsLongAsItMovesOn() throws InterruptedException {
        FollowerThread.Work slow = (target, moved) -> {
            for (int page = 1; page <= 6; page++) {
                sleep(LONGER.toMillis() / 4);
                moved.accept(at(page));
            }
            return target;
        };
        try (FollowerThread thread = start(slow, CommitRule.EVERY_PAGE, LONGER)) {
            thread.committed(at(6));
            thread.awaitLevel();
            assertThat(thread.reached()).isEqualTo(at(6));
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatMayPassIsTriedAgainAndToldOnce() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        FollowerThread.Work work = (target, moved) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new ExportFailedException("busy " + attempts);
            }
            return target;
        };
        try (FollowerThread thread = start(work, CommitRule.EVERY_PAGE, LONG)) {
            thread.committed(at(1));
            thread.awaitLevel();
        }
        assertThat(attempts).hasValue(3);
        assertThat(told).containsExactly("busy 1");
    }

    @Test
    void whatFailsAtTheEndIsWhatTheRunEndsWith() {
        FollowerThread.Work work = (target, moved) -> {
            throw new ExportFailedException("busy");
        };
        try (FollowerThread thread = start(work, CommitRule.AT_END, SHORT)) {
            thread.committed(at(1));
            assertThatThrownBy(thread::awaitLevel)
                    .isInstanceOf(ExportFailedException.class)
                    .hasMessage("busy");
        }
    }

    @Test
    void whatSomebodyHasToDecideIsNotTriedAgainAndEndsTheRunAtOnce() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        FollowerThread.Work work = (target, moved) -> {
            attempts.incrementAndGet();
            throw new TableChangedException("rolled back", Advice.REAPPLY);
        };
        try (FollowerThread thread = start(work, CommitRule.EVERY_PAGE, SHORT)) {
            thread.committed(at(1));
            assertThatThrownBy(thread::awaitLevel)
                    .isInstanceOf(TableChangedException.class)
                    .hasMessageContaining("rolled back");
            thread.committed(at(2));
            assertThatThrownBy(thread::awaitLevel).isInstanceOf(TableChangedException.class);
            TimeUnit.MILLISECONDS.sleep(SHORT.toMillis());
        }
        assertThat(attempts).hasValue(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void errorsAreFailuresToo() {
        FollowerThread.Work work = (target, moved) -> {
            throw new NoClassDefFoundError("org/example/Missing");
        };
        try (FollowerThread thread = start(work, CommitRule.EVERY_PAGE, SHORT)) {
            thread.committed(at(1));
            assertThatThrownBy(thread::awaitLevel)
                    .isInstanceOf(ExportFailedException.class)
                    .hasMessageContaining("the table cannot be brought level")
                    .hasMessageContaining("org/example/Missing");
        }
    }

    @Test
    void aWaitThatIsInterruptedEnds() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (FollowerThread thread = start(this::reachWithPermit, CommitRule.EVERY_PAGE, LONG)) {
            thread.committed(at(1));
            begun.take();
            Thread end = new Thread(() -> {
                try {
                    thread.awaitLevel();
                } catch (InterruptedException e) {
                    failure.set(e);
                }
            });
            end.start();
            end.interrupt();
            end.join();
            permits.add(true);
        }
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void nothingBeginsAnyMoreOnceItIsClosedAndWhatIsUnderWayIsWaitedFor() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        FollowerThread.Work work = (target, moved) -> {
            targets.add(target);
            begun.add(target);
            sleep(200);
            ended.countDown();
            return target;
        };
        FollowerThread thread = start(work, CommitRule.EVERY_PAGE, LONG);
        thread.committed(at(1));
        begun.take();
        thread.committed(at(2));
        thread.close();

        assertThat(thread.isClosed()).isTrue();
        assertThat(ended.getCount()).isZero();
        thread.committed(at(3));
        assertThat(targets).containsExactly(at(1));
    }

    @Test
    void aTableThatIsAheadOfTheTargetIsLevel() throws InterruptedException {
        FollowerThread.Work work = (target, moved) -> at(9);
        try (FollowerThread thread = start(work, CommitRule.EVERY_PAGE, LONG)) {
            thread.committed(at(1));
            thread.awaitLevel();
            assertThat(thread.reached()).isEqualTo(at(9));
        }
    }
}
