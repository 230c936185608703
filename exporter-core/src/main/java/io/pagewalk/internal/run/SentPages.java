package io.pagewalk.internal.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.execution.SliceFigures;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.internal.progress.FirstFailure;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.slice.PageFiles;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one run, whose slices are worked on elsewhere. What is lost there is put on record here, and the slice is sent again.
 */
public final class SentPages implements PageExecutor {
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);
    private static final Duration ABANDONED_CLOSE_LIMIT = Duration.ofSeconds(3);

    private final SliceWorkers workers;
    private final Losses losses;
    private final Progress progress;
    private final FirstFailure failure = new FirstFailure();
    private final ExecutorService threads = Executors.newFixedThreadPool(ExportRunner.PAGES_UNDER_WAY, work -> {
        Thread thread = new Thread(work, "page");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Duration closeLimit = CLOSE_LIMIT;
    private long submitted;

    /** @param workers closed with this */
    public SentPages(SliceWorkers workers, Losses losses, Progress progress) {
        this.workers = workers;
        this.losses = losses;
        this.progress = progress;
    }

    @Override
    public Future<List<DataFile>> submit(Page page) {
        PageFiles files = new PageFiles(page, submitted++, failure, progress.waits());
        if (!failure.isRecorded()) {
            threads.execute(() -> send(files));
        }
        return files;
    }

    private void send(PageFiles files) {
        try {
            List<Integer> left =
                    IntStream.range(0, files.page().slices().size()).boxed().toList();
            while (!left.isEmpty()) {
                left = send(files, left);
            }
        } catch (Throwable e) {
            failure.record(files.order(), e);
        }
    }

    /** Which slices have to be sent again. */
    private List<Integer> send(PageFiles files, List<Integer> indexes) throws Exception {
        List<Slice> slices = indexes.stream().map(files.page().slices()::get).toList();
        List<SliceOutcome> outcomes = workers.perform(slices.stream()
                .map(slice -> new SliceWork(slice, losses.onRecord(slice)))
                .toList());
        if (outcomes.size() != slices.size()) {
            throw new IllegalStateException(outcomes.size() + " outcomes of " + slices.size() + " slices");
        }
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            DataFile file = file(slices.get(i), outcomes.get(i));
            if (file == null) {
                again.add(indexes.get(i));
            } else {
                files.put(indexes.get(i), file);
            }
        }
        return again;
    }

    /** Null where it has to be sent again. */
    private @Nullable DataFile file(Slice slice, SliceOutcome outcome) {
        if (outcome instanceof SliceOutcome.Done done) {
            if (!done.file().slice().equals(slice)) {
                throw new IllegalStateException("a file of " + done.file().slice() + " for " + slice);
            }
            account(slice, done.figures());
            return done.file();
        } else if (outcome instanceof SliceOutcome.Lost lost) {
            LostRange range = lost.range();
            losses.met(
                    slice,
                    new DataLossException(range.range().start(), range.range().end(), lost.problem(), null));
            return null;
        } else if (outcome instanceof SliceOutcome.Mismatch mismatch) {
            throw new FormatMismatchException(mismatch.problem());
        }
        throw new TopicChangedException(((SliceOutcome.TopicChanged) outcome).problem());
    }

    private void account(Slice slice, SliceFigures figures) {
        long offsets = slice.range().size();
        if (figures.adopted()) {
            progress.adopted(offsets);
        } else {
            progress.read(figures.records(), figures.bytes(), offsets);
        }
        progress.fetched(figures.fetchedBytes());
        progress.threadTimes().add(figures.threadMillis());
    }

    @Override
    public void stop() {
        failure.record(0, new StoppedException("stopped on request; run again to resume"));
        workers.stop();
    }

    @Override
    public void abandon(PagewalkException cause) {
        closeLimit = ABANDONED_CLOSE_LIMIT;
        failure.record(0, cause);
        workers.stop();
    }

    @Override
    public void close() {
        stop();
        threads.shutdown();
        try {
            threads.awaitTermination(closeLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.close();
    }
}
