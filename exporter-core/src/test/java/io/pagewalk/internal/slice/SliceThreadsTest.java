package io.pagewalk.internal.slice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SliceThreadsTest {
    private final MemorySink sink = new MemorySink();
    private final List<Alone> executors = new ArrayList<>();

    @AfterEach
    void close() {
        executors.forEach(Alone::close);
    }

    @Test
    void runsTheSlicesOfOnePartitionInParallel() throws Exception {
        CyclicBarrier allAtOnce = new CyclicBarrier(4);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> allAtOnce.await(20, SECONDS));

        List<DataFile> files = executor(4, readers)
                .submit(Pages.page(1, "0:0-5 0:5-10 0:10-15 0:15-20"))
                .get();

        assertThat(files).hasSize(4);
        assertThat(readers.made)
                .extracting(reader -> reader.thread)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void givesTheFilesInThePagesOrder() throws Exception {
        Page page = Pages.page(1, "0:0-5 1:0-5 2:0-5");
        Map<Slice, CountDownLatch> done = new HashMap<>();
        page.slices().forEach(slice -> done.put(slice, new CountDownLatch(1)));
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            int behind = page.slices().indexOf(slice) + 1;
            if (behind < page.slices().size()) {
                ScriptedReaders.await(done.get(page.slices().get(behind)));
            }
            done.get(slice).countDown();
        });

        List<DataFile> files = executor(3, readers).submit(page).get();

        assertThat(files).extracting(DataFile::slice).isEqualTo(page.slices());
        assertThat(files).extracting(file -> file.content().records()).containsOnly(5L);
    }

    @Test
    void beginsTheNextPageBeforeThisOneIsDone() throws Exception {
        CountDownLatch nextBegun = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 1) {
                ScriptedReaders.await(nextBegun);
            } else if (slice.range().start() == 5) {
                nextBegun.countDown();
            }
        });
        Alone executor = executor(2, readers);

        Future<List<DataFile>> first = executor.submit(Pages.page(1, "0:0-5 1:0-5"));
        Future<List<DataFile>> second = executor.submit(Pages.page(2, "0:5-10"));

        assertThat(first.get()).hasSize(2);
        assertThat(second.get()).hasSize(1);
    }

    @Test
    void goesOnWhereItsReaderStandsWithinThePage() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> ScriptedReaders.await(submitted));
        Alone executor = executor(1, readers);
        Page first = Pages.page(1, "0:0-5 1:0-5 0:5-10 1:5-10");
        Page second = Pages.page(2, "1:10-15 0:10-15");

        Future<List<DataFile>> begun = executor.submit(first);
        Future<List<DataFile>> last = executor.submit(second);
        submitted.countDown();
        begun.get();
        last.get();

        assertThat(readers.begun)
                .containsExactlyElementsOf(Pages.page(1, "0:0-5 0:5-10 1:0-5 1:5-10 1:10-15 0:10-15")
                        .slices());
    }

    @Test
    void keepsThreadsApartInOnePartition() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> both.await(20, SECONDS));

        executor(2, readers)
                .submit(Pages.page(1, "0:0-5 0:5-10 0:10-15 0:15-20 0:20-25 0:25-30"))
                .get();

        readers.made.forEach(reader -> assertThat(reader.seeks).hasValue(1));
        assertThat(readers.made).hasSize(2);
    }

    @Test
    void doesNotLeaveAPageForTheNextOneWhereItsReaderStands() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> ScriptedReaders.await(submitted));
        Alone executor = executor(1, readers);

        Future<List<DataFile>> begun = executor.submit(Pages.page(1, "0:0-5 1:0-5"));
        Future<List<DataFile>> last = executor.submit(Pages.page(2, "0:5-10"));
        submitted.countDown();
        begun.get();
        last.get();

        assertThat(readers.begun)
                .containsExactlyElementsOf(Pages.page(1, "0:0-5 1:0-5 0:5-10").slices());
    }

    @Test
    void keepsAReaderForEachThreadAndClosesIt() throws Exception {
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {});
        Alone executor = executor(3, readers);
        for (int page = 1; page <= 20; page++) {
            executor.submit(Pages.page(page, "0:0-5 1:0-5 2:0-5 3:0-5")).get();
            sink.published.clear();
        }

        executor.close();

        assertThat(readers.made).hasSizeBetween(1, 3).allMatch(reader -> reader.closed);
        assertThat(readers.begun).hasSize(80);
    }

    @Test
    void makesNoReaderWithoutASlice() {
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {});

        executor(3, readers).close();

        assertThat(readers.made).isEmpty();
    }

    @Test
    void finishesThePageAheadOfOneThatFails() throws Exception {
        DataLossException loss = new DataLossException(0, 1, "offsets are gone", null);
        CountDownLatch failed = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 0) {
                ScriptedReaders.await(failed);
                return;
            }
            throw loss;
        });
        Alone executor = executor(2, readers);

        Future<List<DataFile>> first = executor.submit(Pages.page(1, "0:0-5"));
        Future<List<DataFile>> second = executor.submit(Pages.page(2, "1:0-5 1:5-10"));
        assertFailsWith(second, loss);
        failed.countDown();

        assertThat(first.get()).hasSize(1);
        assertFailsWith(executor.submit(Pages.page(3, "0:5-10")), loss);
        executor.close();
        assertThat(readers.made).allMatch(reader -> reader.closed);
    }

    @Test
    void failsThePagesBehindOneThatFails() {
        DataLossException loss = new DataLossException(0, 1, "offsets are gone", null);
        CountDownLatch blocked = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 1) {
                blocked.countDown();
                reader.block();
            }
            ScriptedReaders.await(blocked);
            throw loss;
        });
        Alone executor = executor(2, readers);

        List<Future<List<DataFile>>> pages = List.of(
                executor.submit(Pages.page(1, "0:0-5")),
                executor.submit(Pages.page(2, "1:0-5")),
                executor.submit(Pages.page(3, "2:0-5 2:5-10")));

        pages.forEach(page -> assertFailsWith(page, loss));
        assertFailsWith(executor.submit(Pages.page(4, "3:0-5")), loss);
        executor.close();
        assertThat(readers.begun).hasSize(2);
        assertThat(sink.published).isEmpty();
        assertThat(sink.aborted).containsExactlyInAnyOrderElementsOf(readers.begun);
        assertThat(readers.made).anyMatch(reader -> reader.endedByStop).allMatch(reader -> reader.closed);
    }

    @Test
    void failsThePageWithAnErrorToo() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            throw error;
        });

        assertFailsWith(executor(2, readers).submit(Pages.page(1, "0:0-5 1:0-5 2:0-5")), error);
    }

    @Test
    void failsThePageIfNoReaderCanBeMade() {
        ExportFailedException failure = new ExportFailedException("cannot open a consumer");

        Future<List<DataFile>> page = executor(2, progress -> {
                    throw failure;
                })
                .submit(Pages.page(1, "0:0-5 1:0-5"));

        assertFailsWith(page, failure);
    }

    @Test
    void namesTheSliceWhoseFileCannotBeWritten() {
        sink.failing = new IOException("disk full");

        Future<List<DataFile>> page =
                executor(1, new ScriptedReaders((slice, reader) -> {})).submit(Pages.page(1, "3:10-15"));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(page::get)
                .withCauseInstanceOf(ExportFailedException.class)
                .havingCause()
                .withMessage("orders-3 [10, 15): disk full; its page is not committed, run again to resume");
    }

    @Test
    void endsABlockedReadByStoppingItsReader() throws Exception {
        CountDownLatch blocked = new CountDownLatch(2);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            blocked.countDown();
            reader.block();
        });
        Alone executor = executor(2, readers);
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5 1:0-5 2:0-5"));
        ScriptedReaders.await(blocked);

        executor.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(page::get)
                .withCauseInstanceOf(StoppedException.class);
        assertThat(sink.published).isEmpty();
        assertThat(sink.aborted)
                .containsExactlyInAnyOrderElementsOf(readers.begun)
                .hasSize(2);
        assertThat(readers.made).allMatch(reader -> reader.endedByStop).allMatch(reader -> reader.closed);
    }

    @Test
    void stopsAReaderThatIsMadeWhileItStops() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> reader.block());
        SourceReaders slow = progress -> {
            making.countDown();
            try {
                ScriptedReaders.await(stopped);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return readers.open(progress);
        };
        Alone executor = executor(1, slow);
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5"));
        ScriptedReaders.await(making);

        executor.pages.stop();
        stopped.countDown();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(page::get)
                .withCauseInstanceOf(StoppedException.class);
        executor.close();
        assertThat(readers.made).hasSize(1).allMatch(reader -> reader.endedByStop);
    }

    @Test
    void leavesAThreadThatDoesNotComeBack() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Alone executor = executor(1, new ScriptedReaders((slice, reader) -> {
            stuck.countDown();
            never.await();
        }));
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5"));
        Future<List<DataFile>> next = executor.submit(Pages.page(2, "0:5-9"));
        ScriptedReaders.await(stuck);

        ExportFailedException failure = new ExportFailedException("stuck");
        executor.pages.abandon(failure);

        assertFailsWith(page, failure);
        assertFailsWith(next, failure);
        executor.close();
        never.countDown();
    }

    @Test
    void failsAllPagesThoughItsReadersCannotBeStopped() {
        DataLossException loss = new DataLossException(0, 1, "offsets are gone", null);
        CountDownLatch blocked = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 1) {
                blocked.countDown();
                reader.block();
            }
            ScriptedReaders.await(blocked);
            throw loss;
        });
        readers.failingStop = new InternalError("cannot stop");
        Alone executor = executor(2, readers);

        List<Future<List<DataFile>>> pages = List.of(
                executor.submit(Pages.page(1, "0:0-5")),
                executor.submit(Pages.page(2, "1:0-5")),
                executor.submit(Pages.page(3, "2:0-5")));

        pages.forEach(page -> assertFailsWith(page, loss));
        executor.close();
        assertThat(readers.made).hasSize(2).allMatch(reader -> reader.closed);
        assertThat(loss.getSuppressed()).contains(readers.failingStop);
    }

    @Test
    void failsAllPagesIfAThreadCannotTakeItsNextSlice() {
        InternalError error = new InternalError("no memory to choose a slice");
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> reader.block());
        AtomicInteger chosen = new AtomicInteger();
        Alone executor = executor(2, readers, (waiting, underWay) -> {
            if (chosen.incrementAndGet() > 1) {
                throw error;
            }
            return waiting.iterator().next();
        });

        Future<List<DataFile>> first = executor.submit(Pages.page(1, "0:0-5"));
        Future<List<DataFile>> second = executor.submit(Pages.page(2, "1:0-5"));

        assertFailsWith(first, error);
        assertFailsWith(second, error);
        executor.close();
        assertThat(readers.made).hasSize(1).allMatch(reader -> reader.endedByStop && reader.closed);
    }

    @Test
    void failsAllPagesIfAThreadIsInterrupted() throws Exception {
        assertFailsIfInterrupted((executor, waiting) -> {
            waiting.interrupt();
            return executor.submit(Pages.page(2, "0:5-10"));
        });
    }

    @Test
    void failsAllPagesIfAThreadIsInterruptedAsItIsToldOfAPage() throws Exception {
        assertFailsIfInterrupted((executor, waiting) -> {
            synchronized (executor.threads) {
                Future<List<DataFile>> page = executor.submit(Pages.page(2, "0:5-10"));
                waiting.interrupt();
                return page;
            }
        });
    }

    /** @param interrupt submits a page, and interrupts the thread, which waits for one */
    private void assertFailsIfInterrupted(BiFunction<Alone, Thread, Future<List<DataFile>>> interrupt)
            throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Alone executor = executor(1, new ScriptedReaders((slice, reader) -> thread.set(Thread.currentThread())));
        executor.submit(Pages.page(1, "0:0-5")).get(20, SECONDS);
        while (thread.get().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> interrupt.apply(executor, thread.get()).get(20, SECONDS))
                .withCauseInstanceOf(ExportFailedException.class)
                .withMessageContaining("slice-1 was interrupted; run again");
    }

    @Test
    void keepsWhatAReaderThrowsWhenItIsClosed() {
        DataLossException loss = new DataLossException(0, 1, "offsets are gone", null);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            throw loss;
        });
        readers.failingClose = new InternalError("cannot close");
        Alone executor = executor(1, readers);

        assertFailsWith(executor.submit(Pages.page(1, "0:0-5")), loss);
        executor.close();

        assertThat(loss.getSuppressed()).containsExactly(readers.failingClose);
    }

    @Test
    void doesNotWaitForAThreadThatDoesNotComeBackOnceItIsStopped() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Alone executor = executor(1, new ScriptedReaders((slice, reader) -> {
            stuck.countDown();
            never.await();
        }));
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5"));
        ScriptedReaders.await(stuck);

        executor.pages.stop();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> page.get(20, SECONDS))
                .withCauseInstanceOf(StoppedException.class);
        never.countDown();
    }

    @Test
    void takesNoPageOnceItIsClosed() {
        Alone executor = executor(1, new ScriptedReaders((slice, reader) -> {}));
        executor.close();
        executor.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor.submit(Pages.page(1, "0:0-5")).get())
                .withCauseInstanceOf(StoppedException.class);
    }

    @Test
    void servesRunsInTurnPageByPage() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> ScriptedReaders.await(submitted));
        try (SliceThreads threads = new SliceThreads(1);
                PooledPages first = threads.join(readers, task(), new Progress());
                PooledPages second = threads.join(readers, task(), new Progress())) {
            List<Future<List<DataFile>>> pages = List.of(
                    first.submit(Pages.page(1, "0:0-5 0:5-10")),
                    first.submit(Pages.page(2, "0:10-15")),
                    second.submit(Pages.page(1, "7:0-5 7:5-10")),
                    second.submit(Pages.page(2, "7:10-15")));
            submitted.countDown();
            for (Future<List<DataFile>> page : pages) {
                page.get(20, SECONDS);
            }
        }

        assertThat(readers.begun)
                .containsExactlyElementsOf(Pages.page(1, "0:0-5 0:5-10 7:0-5 7:5-10 0:10-15 7:10-15")
                        .slices());
        assertThat(readers.made).hasSize(1).allMatch(reader -> reader.served.get() == 3 && reader.closed);
    }

    @Test
    void makesAnotherReaderForARunOfAnotherSource() throws Exception {
        ScriptedReaders one = new ScriptedReaders((slice, reader) -> {});
        ScriptedReaders other = new ScriptedReaders((slice, reader) -> {});
        try (SliceThreads threads = new SliceThreads(1);
                PooledPages first = threads.join(one, task(), new Progress());
                PooledPages second = threads.join(other, task(), new Progress())) {
            first.submit(Pages.page(1, "0:0-5")).get(20, SECONDS);
            second.submit(Pages.page(1, "1:0-5")).get(20, SECONDS);

            assertThat(one.made).hasSize(1).allMatch(reader -> reader.closed);
            assertThat(other.made).hasSize(1).noneMatch(reader -> reader.closed);
        }
    }

    @Test
    void leavesOtherRunsAloneWhenOneIsStopped() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 0) {
                blocked.countDown();
                reader.block();
            }
        });
        try (SliceThreads threads = new SliceThreads(1);
                PooledPages stopped = threads.join(readers, task(), new Progress());
                PooledPages other = threads.join(readers, task(), new Progress())) {
            Future<List<DataFile>> ended = stopped.submit(Pages.page(1, "0:0-5 0:5-10"));
            ScriptedReaders.await(blocked);
            Future<List<DataFile>> done = other.submit(Pages.page(1, "1:0-5 1:5-10"));

            stopped.stop();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> ended.get(20, SECONDS))
                    .withCauseInstanceOf(StoppedException.class);
            assertThat(done.get(20, SECONDS)).hasSize(2);
            assertThat(readers.made).hasSize(2);
            assertThat(readers.made.get(0).endedByStop).isTrue();
        }
    }

    @Test
    void leavesOtherRunsAloneWhenOneFails() throws Exception {
        DataLossException loss = new DataLossException(0, 1, "offsets are gone", null);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 0) {
                throw loss;
            }
        });
        try (SliceThreads threads = new SliceThreads(2);
                PooledPages failing = threads.join(readers, task(), new Progress());
                PooledPages other = threads.join(readers, task(), new Progress())) {
            assertFailsWith(failing.submit(Pages.page(1, "0:0-5")), loss);

            assertThat(other.submit(Pages.page(1, "1:0-5 1:5-10")).get(20, SECONDS))
                    .hasSize(2);
            assertFailsWith(failing.submit(Pages.page(2, "1:10-15")), loss);
        }
    }

    @Test
    void replacesAThreadThatDoesNotComeBackForOtherRuns() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> {
            if (slice.partition() == 0) {
                stuck.countDown();
                never.await();
            }
        });
        try (SliceThreads threads = new SliceThreads(1);
                PooledPages other = threads.join(readers, task(), new Progress())) {
            Future<List<DataFile>> waiting;
            try (PooledPages left = threads.join(readers, task(), new Progress())) {
                ExportFailedException failure = new ExportFailedException("stuck");
                Future<List<DataFile>> ended = left.submit(Pages.page(1, "0:0-5"));
                ScriptedReaders.await(stuck);
                waiting = other.submit(Pages.page(1, "1:0-5"));
                left.abandon(failure);
                assertFailsWith(ended, failure);
            }

            assertThat(waiting.get(20, SECONDS)).hasSize(1);
            never.countDown();
        }
    }

    private static void assertFailsWith(Future<List<DataFile>> page, Throwable failure) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> page.get(20, SECONDS))
                .withCause(failure);
    }

    private SliceTask task() {
        return new SliceTask(sink, new MemoryDeadLetters().failing(), new Progress(), LossPolicy.FAIL, false);
    }

    private Alone executor(int threads, SourceReaders readers) {
        return executor(threads, readers, SliceRuns::begin);
    }

    private Alone executor(
            int threads, SourceReaders readers, BiFunction<Collection<Slice>, Collection<Slice>, Slice> beginnings) {
        SliceThreads pool = new SliceThreads(threads);
        Alone executor = new Alone(pool, pool.join(readers, task(), new Progress(), beginnings));
        executors.add(executor);
        return executor;
    }

    /** A run that has the threads to itself. */
    private record Alone(SliceThreads threads, PooledPages pages) {
        Future<List<DataFile>> submit(Page page) {
            return pages.submit(page);
        }

        void close() {
            pages.close();
            threads.close();
        }
    }
}
