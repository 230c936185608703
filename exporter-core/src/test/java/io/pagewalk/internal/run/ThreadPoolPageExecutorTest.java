package io.pagewalk.internal.run;

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
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadPoolPageExecutorTest {
    private final MemorySink sink = new MemorySink();
    private final List<ThreadPoolPageExecutor> executors = new ArrayList<>();

    @AfterEach
    void close() {
        executors.forEach(ThreadPoolPageExecutor::close);
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
        ThreadPoolPageExecutor executor = executor(2, readers);

        Future<List<DataFile>> first = executor.submit(Pages.page(1, "0:0-5 1:0-5"));
        Future<List<DataFile>> second = executor.submit(Pages.page(2, "0:5-10"));

        assertThat(first.get()).hasSize(2);
        assertThat(second.get()).hasSize(1);
    }

    @Test
    void goesOnWhereItsReaderStandsWithinThePage() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        ScriptedReaders readers = new ScriptedReaders((slice, reader) -> ScriptedReaders.await(submitted));
        ThreadPoolPageExecutor executor = executor(1, readers);
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
        ThreadPoolPageExecutor executor = executor(1, readers);

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
        ThreadPoolPageExecutor executor = executor(3, readers);
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
        ThreadPoolPageExecutor executor = executor(2, readers);

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
        ThreadPoolPageExecutor executor = executor(2, readers);

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

        Future<List<DataFile>> page = executor(2, () -> {
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
        ThreadPoolPageExecutor executor = executor(2, readers);
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
        Supplier<SliceReader> slow = () -> {
            making.countDown();
            try {
                ScriptedReaders.await(stopped);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return readers.get();
        };
        ThreadPoolPageExecutor executor = executor(1, slow);
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5"));
        ScriptedReaders.await(making);

        executor.stop();
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
        ThreadPoolPageExecutor executor = executor(1, new ScriptedReaders((slice, reader) -> {
            stuck.countDown();
            never.await();
        }));
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5"));
        Future<List<DataFile>> next = executor.submit(Pages.page(2, "0:5-9"));
        ScriptedReaders.await(stuck);

        ExportFailedException failure = new ExportFailedException("stuck");
        executor.abandon(failure);

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
        ThreadPoolPageExecutor executor = executor(2, readers);

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
        ThreadPoolPageExecutor executor = new ThreadPoolPageExecutor(
                2,
                readers,
                new SliceTask(sink, new MemoryDeadLetters().failing(), new Progress(), LossPolicy.FAIL, false),
                new Progress(),
                (waiting, underWay) -> {
                    if (chosen.incrementAndGet() > 1) {
                        throw error;
                    }
                    return waiting.iterator().next();
                });
        executors.add(executor);

        Future<List<DataFile>> first = executor.submit(Pages.page(1, "0:0-5"));
        Future<List<DataFile>> second = executor.submit(Pages.page(2, "1:0-5"));

        assertFailsWith(first, error);
        assertFailsWith(second, error);
        executor.close();
        assertThat(readers.made).hasSize(1).allMatch(reader -> reader.endedByStop && reader.closed);
    }

    @Test
    void failsAllPagesIfAThreadIsInterrupted() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        ThreadPoolPageExecutor executor = executor(1, new ScriptedReaders((slice, reader) -> {
            thread.set(Thread.currentThread());
            submitted.countDown();
        }));
        executor.submit(Pages.page(1, "0:0-5")).get();
        ScriptedReaders.await(submitted);
        thread.get().interrupt();
        thread.get().join();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor.submit(Pages.page(2, "0:5-10")).get(20, SECONDS))
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
        ThreadPoolPageExecutor executor = executor(1, readers);

        assertFailsWith(executor.submit(Pages.page(1, "0:0-5")), loss);
        executor.close();

        assertThat(loss.getSuppressed()).containsExactly(readers.failingClose);
    }

    @Test
    void doesNotWaitForAThreadThatDoesNotComeBackOnceItIsStopped() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ThreadPoolPageExecutor executor = executor(1, new ScriptedReaders((slice, reader) -> {
            stuck.countDown();
            never.await();
        }));
        Future<List<DataFile>> page = executor.submit(Pages.page(1, "0:0-5"));
        ScriptedReaders.await(stuck);

        executor.stop();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> page.get(20, SECONDS))
                .withCauseInstanceOf(StoppedException.class);
        never.countDown();
    }

    @Test
    void takesNoPageOnceItIsClosed() {
        ThreadPoolPageExecutor executor = executor(1, new ScriptedReaders((slice, reader) -> {}));
        executor.close();
        executor.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor.submit(Pages.page(1, "0:0-5")).get())
                .withCauseInstanceOf(StoppedException.class);
    }

    private static void assertFailsWith(Future<List<DataFile>> page, Throwable failure) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> page.get(20, SECONDS))
                .withCause(failure);
    }

    private ThreadPoolPageExecutor executor(int threads, Supplier<SliceReader> readers) {
        ThreadPoolPageExecutor executor = new ThreadPoolPageExecutor(
                threads,
                readers,
                new SliceTask(sink, new MemoryDeadLetters().failing(), new Progress(), LossPolicy.FAIL, false),
                new Progress());
        executors.add(executor);
        return executor;
    }
}
