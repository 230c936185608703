package io.pagewalk.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.CheckpointReader;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.InMemoryCheckpointStore;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.run.WalkResult.Outcome;
import io.pagewalk.internal.slice.MemoryDeadLetters;
import io.pagewalk.internal.slice.Pages;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.SourceLog;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExportRunnerTest {
    private static final long MOST_BAD_RECORDS = 3;

    private final InMemoryCheckpointStore store = new InMemoryCheckpointStore();
    private final CheckpointLog log = new CheckpointLog(store, "export", Entries.ORIGIN, Entries.CLOCK);
    private final StopSignal stop = new StopSignal();
    private final InMemoryStorage output = new InMemoryStorage.Location().open("run");

    /** What the runner does, in order. */
    private final List<String> events = new ArrayList<>();

    /** Throws on the validation of that number, counted from 1. */
    private final Map<Integer, RuntimeException> invalid = new HashMap<>();

    private Function<Page, Future<List<DataFile>>> executor =
            page -> CompletableFuture.completedFuture(Entries.filesOf(page));
    private int validations;

    @BeforeEach
    void observeAppends() {
        store.appending = sequence -> events.add("append " + sequence);
    }

    @Test
    void validatesBehindAPagesLastReadAndBeforeItsCheckpoint() {
        executor = page -> new CompletableFuture<>() {
            @Override
            public List<DataFile> get() {
                events.add("await " + page.number());
                return Entries.filesOf(page);
            }
        };

        WalkResult result = run(begun(40), RunLimits.NONE);

        assertThat(String.join(", ", events))
                .isEqualTo("validate, submit 1, submit 2, await 1, validate, append 1, submit 3,"
                        + " await 2, validate, append 2, submit 4, await 3, validate, append 3,"
                        + " await 4, validate, append 4, append 5");
        assertThat(result).isEqualTo(result(Outcome.COMPLETE, new Totals(4, 8, 32, 0, 800, 40, 8, 0, 0, 0, 0), 4));
    }

    @Test
    void appendsCheckpointsInOrderThoughEverySecondPageIsDoneFirst() {
        Map<Long, CompletableFuture<List<DataFile>>> waiting = new HashMap<>();
        executor = page -> {
            CompletableFuture<List<DataFile>> files = new CompletableFuture<>();
            waiting.put(page.number(), files);
            if (page.number() % 2 == 0) {
                files.complete(Entries.filesOf(page));
                events.add("done " + page.number());
                Page before = Pages.page(
                        page.number() - 1, "0:" + (10 * (page.number() - 2)) + "-" + (10 * (page.number() - 1)));
                waiting.get(before.number()).complete(Entries.filesOf(before));
                events.add("done " + before.number());
            }
            return files;
        };

        run(begun(40), RunLimits.NONE);

        assertThat(events)
                .filteredOn(event -> !event.equals("validate") && !event.startsWith("submit"))
                .containsExactly(
                        "done 2",
                        "done 1",
                        "append 1",
                        "append 2",
                        "done 4",
                        "done 3",
                        "append 3",
                        "append 4",
                        "append 5");
    }

    @Test
    void writesWhatWasDoneIntoTheLog() {
        ExportState state = begun(5, 8);

        WalkResult result = run(state, RunLimits.NONE);

        assertThat(entry(1).body()).isEqualTo(Entries.pageCommit());
        assertThat(entry(2).body()).isInstanceOf(Checkpoint.PageCommit.class);
        assertThat(entry(3).body()).isEqualTo(new Checkpoint.Complete(result.totals()));
        for (int i = 1; i <= 3; i++) {
            assertThat(entry(i).previous()).isEqualTo(CheckpointReader.checksumOf(store.entries.get(i - 1)));
        }
        ExportState after = log.load().orElseThrow();
        assertThat(after.isComplete()).isTrue();
        assertThat(after.totals()).isEqualTo(result.totals());
    }

    @Test
    void completesAnExportOfNothing() {
        WalkResult result = run(begun(0, 0), RunLimits.NONE);

        assertThat(result).isEqualTo(result(Outcome.COMPLETE, new Totals(1, 1, 0, 0, 100, 0, 0, 0, 0, 0, 0), 1));
        assertThat(entry(1).body()).isInstanceOf(Checkpoint.PageCommit.class);
        assertThat(entry(2).body()).isEqualTo(new Checkpoint.Complete(result.totals()));
    }

    @Test
    void hasNothingToDoForACompleteExport() {
        run(begun(5), RunLimits.NONE);
        events.clear();

        WalkResult result = run(log.load().orElseThrow(), RunLimits.NONE);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(result.pages()).isZero();
        assertThat(result.totals().files()).isOne();
        assertThat(events).isEmpty();
    }

    @Test
    void appendsTheLastEntryThatACrashLeftOut() {
        run(begun(20), RunLimits.NONE);
        store.entries.remove(3);
        events.clear();

        WalkResult result = run(log.load().orElseThrow(), RunLimits.NONE);

        assertThat(result).isEqualTo(result(Outcome.COMPLETE, new Totals(2, 4, 16, 0, 400, 20, 4, 0, 0, 0, 0), 0));
        assertThat(events).containsExactly("append 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void endsInTheSameLogHoweverManyPagesARunCommits(int pagesARun) {
        run(begun(40), RunLimits.NONE);
        List<byte[]> uninterrupted = List.copyOf(store.entries);
        store.entries.clear();
        CheckpointLog again = new CheckpointLog(store, "export", Entries.ORIGIN, Entries.CLOCK);
        again.append(Entries.start(40));

        WalkResult result;
        do {
            result = run(log.load().orElseThrow(), new RunLimits((long) pagesARun, null));
        } while (result.outcome() != Outcome.COMPLETE);

        assertThat(store.entries).containsExactlyElementsOf(uninterrupted);
    }

    @Test
    void beginsNoPageThatItMayNotCommit() {
        WalkResult result = run(begun(40), new RunLimits(3L, null));

        assertThat(result).isEqualTo(result(Outcome.LIMIT, new Totals(3, 6, 24, 0, 600, 30, 6, 0, 0, 0, 0), 3));
        assertThat(events).contains("submit 3", "append 3").doesNotContain("submit 4", "append 4");
    }

    @Test
    void isCompleteRatherThanLimitedWhereBothEndsMeet() {
        assertThat(run(begun(40), new RunLimits(4L, Duration.ZERO)).outcome()).isEqualTo(Outcome.LIMIT);
        assertThat(run(log.load().orElseThrow(), new RunLimits(3L, null)).outcome())
                .isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void endsBehindTheCommitThatPassesTheMaximalDuration() {
        WalkResult result = run(begun(40), new RunLimits(null, Duration.ZERO));

        assertThat(result).isEqualTo(result(Outcome.LIMIT, new Totals(1, 2, 8, 0, 200, 10, 2, 0, 0, 0, 0), 1));
        assertThat(run(log.load().orElseThrow(), new RunLimits(null, Duration.ofDays(1)))
                        .outcome())
                .isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void endsBehindTheCommitUnderWayWhereAStopIsAskedFor() {
        store.appending = sequence -> {
            if (sequence == 2) {
                stop.request();
            }
        };

        WalkResult result = run(begun(40), RunLimits.NONE);

        assertThat(result).isEqualTo(result(Outcome.STOPPED, new Totals(2, 4, 16, 0, 400, 20, 4, 0, 0, 0, 0), 2));
    }

    @Test
    void isCompleteThoughAStopIsAskedForOnTheLastPage() {
        store.appending = sequence -> stop.request();

        assertThat(run(begun(10), RunLimits.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void commitsNothingOfAStoppedPage() {
        failOn(2, new StoppedException("stopped"));

        WalkResult result = run(begun(40), RunLimits.NONE);

        assertThat(result).isEqualTo(result(Outcome.STOPPED, new Totals(1, 2, 8, 0, 200, 10, 2, 0, 0, 0, 0), 1));
        assertThat(store.entries).hasSize(2);
    }

    @Test
    void stopsWhereItsThreadIsInterrupted() {
        executor = page -> new CompletableFuture<>();
        Thread.currentThread().interrupt();

        WalkResult result = run(begun(40), RunLimits.NONE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(store.entries).hasSize(1);
    }

    @Test
    void doesNotCommitAPageOfATopicThatChangedMeanwhile() {
        invalid.put(3, new TopicChangedException("recreated"));

        assertThatExceptionOfType(TopicChangedException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .withMessage("recreated");

        assertThat(store.entries).hasSize(2);
    }

    @Test
    void readsNothingOfATopicThatChangedBetweenRuns() {
        invalid.put(1, new TopicChangedException("recreated"));

        assertThatExceptionOfType(TopicChangedException.class).isThrownBy(() -> run(begun(40), RunLimits.NONE));

        assertThat(events).doesNotContain("submit 1");
    }

    @Test
    void explainsAFailureByTheTopicThatChanged() {
        ExportFailedException failure = new ExportFailedException("nothing arrived");
        failOn(1, failure);
        invalid.put(2, new TopicChangedException("recreated"));

        assertThatExceptionOfType(TopicChangedException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .withMessage("recreated")
                .satisfies(e -> assertThat(e).hasSuppressedException(failure));
    }

    @Test
    void leavesAFailureThatTheTopicDoesNotExplain() {
        ExportFailedException failure = new ExportFailedException("nothing arrived");
        failOn(1, failure);
        ExportFailedException unreachable = new ExportFailedException("broker unreachable");
        invalid.put(2, unreachable);

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .isSameAs(failure)
                .satisfies(e -> assertThat(e).hasSuppressedException(unreachable));
    }

    @Test
    void passesOnWhatNeedsNoExplanation() {
        failOn(2, new DataLossException(0, 1, "gone", null));

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .extracting(DataLossException::problem)
                .isEqualTo("gone");

        assertThat(store.entries).hasSize(2);
    }

    @Test
    void passesOnAnError() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        executor = page -> CompletableFuture.failedFuture(error);

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .isSameAs(error);
    }

    @Test
    void doesNotSayCompleteBesideAFileThatOverlapsAndIsNotInThePlan() {
        String foreign = new FileNaming(1, "0123456789ab", ".jsonl").nameOf(Pages.slice("0:10-30"));
        publish(foreign);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .withMessageContainingAll("1 data files of topic orders", foreign, "remove them");

        assertThat(entry(store.entries.size() - 1).body()).isInstanceOf(Checkpoint.PageCommit.class);
    }

    @Test
    void doesNotSayCompleteWhereACommittedFileIsGone() {
        executor = page -> {
            if (page.number() == 4) {
                unpublish(Entries.NAMING.nameOf(Pages.slice("0:5-10")));
            }
            return CompletableFuture.completedFuture(Entries.filesOf(page));
        };

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .withMessageContainingAll("1 data files", Entries.NAMING.nameOf(Pages.slice("0:5-10")));
    }

    @Test
    void commitsNoPageOfWhichMoreRecordsAreSetAsideThanMayBe() {
        executor = page -> CompletableFuture.completedFuture(page.slices().stream()
                .map(slice -> withDeadLetters(slice, page.number() == 2 ? 2 : 1))
                .toList());

        assertThatExceptionOfType(FormatMismatchException.class)
                .isThrownBy(() -> run(begun(20, 20), RunLimits.NONE))
                .withMessageContainingAll(
                        "page 2 of orders", "4 records", "more than the 3 that may be", "dead letters of orders-");

        assertThat(log.load().orElseThrow().totals().setAside()).isEqualTo(2);
        assertThat(log.load().orElseThrow().totals().pages()).isOne();
    }

    private static DataFile withDeadLetters(Slice slice, long records) {
        DataFile file = Entries.fileOf(slice);
        long rest = file.content().records() - records;
        FileContent.Bounds bounds =
                new FileContent.Bounds(slice.range().start(), slice.range().end() - 1, 0, 0);
        return DataFile.of(
                slice,
                new PublishedFile(file.name(), new FileContent(rest, bounds), 100, file.checksum(), 0, false),
                0,
                new DeadLetters(records, 100, MemoryDeadLetters.CHECKSUM));
    }

    @Test
    void doesNotSayCompleteWhereTheOffsetsDoNotAddUp() {
        executor = page -> CompletableFuture.completedFuture(page.number() == 2 ? List.of() : Entries.filesOf(page));

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> run(begun(40), RunLimits.NONE))
                .withMessageContaining("does not add up to the 40 offsets");
    }

    private void unpublish(String name) {
        try {
            output.delete(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isFencedByARunThatCommittedThePage() {
        ExportState state = begun(40);
        CheckpointLog rival = new CheckpointLog(store, "export", Entries.RIVAL, Entries.CLOCK);
        rival.load();
        rival.append(Entries.complete(40));

        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> run(state, RunLimits.NONE));

        assertThat(store.entries).hasSize(2);
    }

    private void failOn(long number, RuntimeException failure) {
        executor = page -> page.number() == number
                ? CompletableFuture.failedFuture(failure)
                : CompletableFuture.completedFuture(Entries.filesOf(page));
    }

    private ExportState begun(long... sizes) {
        log.append(Entries.start(sizes));
        events.clear();
        return log.load().orElseThrow();
    }

    private Checkpoint entry(int sequence) {
        return CheckpointReader.decode(store.entries.get(sequence), "entry " + sequence);
    }

    /** A result whose gaps are all in partition 0. */
    private static WalkResult result(Outcome outcome, Totals totals, long pages) {
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        if (totals.gaps() > 0) {
            gaps.put(0, totals.gaps());
        }
        return new WalkResult(outcome, totals, gaps, pages, null);
    }

    /** Without the last entry, of which it is only checked that it says complete. */
    private WalkResult run(ExportState state, RunLimits limits) {
        WalkResult result = new ExportRunner(
                        output,
                        log,
                        new Source(),
                        new Executor(),
                        Losses.failing(log, state),
                        new MemoryDeadLetters().settingAside(MOST_BAD_RECORDS),
                        limits,
                        new Progress(),
                        stop)
                .run(state);
        boolean completed = result.outcome() == Outcome.COMPLETE && !state.isComplete();
        assertThat(result.last() != null).isEqualTo(completed);
        if (result.last() != null) {
            assertThat(result.last().body().kind()).isEqualTo(Checkpoint.Kind.COMPLETE);
        }
        return new WalkResult(result.outcome(), result.totals(), result.gaps(), result.pages(), null);
    }

    private void publish(String name) {
        try (Storage.PendingFile file = output.create(name)) {
            file.publish();
        } catch (FileAlreadyExistsException e) {
            events.add("adopt " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Executor implements PageExecutor {
        @Override
        public Future<List<DataFile>> submit(Page page) {
            events.add("submit " + page.number());
            page.slices().forEach(slice -> publish(Entries.NAMING.nameOf(slice)));
            return executor.apply(page);
        }

        @Override
        public void stop() {}

        @Override
        public void abandon(PagewalkException cause) {}

        @Override
        public void close() {}
    }

    private final class Source implements SourceLog {
        @Override
        public void validate(Extent extent) {
            events.add("validate");
            RuntimeException failure = invalid.get(++validations);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {}
    }
}
