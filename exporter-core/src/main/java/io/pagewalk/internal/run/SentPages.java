package io.pagewalk.internal.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.execution.SliceFigures;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.internal.progress.FirstFailure;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.slice.PageFiles;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
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
    private final MetElsewhere schemas;
    private final BiConsumer<Slice, SliceFigures> readInVain;
    private final Progress progress;
    private final FirstFailure failure = new FirstFailure();
    private final ExecutorService threads = Executors.newFixedThreadPool(ExportRunner.PAGES_UNDER_WAY, work -> {
        Thread thread = new Thread(work, "page");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Duration closeLimit = CLOSE_LIMIT;
    private long submitted;

    /**
     * @param workers closed with this
     * @param schemas decides what ids stand for that are met there
     * @param readInVain told of each slice that is sent again, and what was read of it
     */
    public SentPages(
            SliceWorkers workers,
            Losses losses,
            MetElsewhere schemas,
            BiConsumer<Slice, SliceFigures> readInVain,
            Progress progress) {
        this.workers = workers;
        this.losses = losses;
        this.schemas = schemas;
        this.readInVain = readInVain;
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
        Accounts accounts = new Accounts(slices);
        List<SliceOutcome> outcomes = perform(
                files.page(),
                slices.stream()
                        .map(slice -> new SliceWork(slice, losses.onRecord(slice), schemas.onRecord()))
                        .toList(),
                accounts);
        if (outcomes.size() != slices.size()) {
            throw new IllegalStateException(outcomes.size() + " outcomes of " + slices.size() + " slices");
        }
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            accounts.done(i, outcomes.get(i));
            DataFile file = file(slices.get(i), outcomes.get(i));
            if (file == null) {
                again.add(indexes.get(i));
            } else {
                files.put(indexes.get(i), file);
            }
        }
        return again;
    }

    private List<SliceOutcome> perform(Page page, List<SliceWork> work, SliceWorkers.Early early) throws Exception {
        Waits.Wait wait = progress.waits().begin(Waits.For.WORKERS, "page " + page.number(), -1);
        try {
            return workers.perform(work, early);
        } finally {
            wait.end();
        }
    }

    /** Null where it has to be sent again. */
    private @Nullable DataFile file(Slice slice, SliceOutcome outcome) {
        if (outcome instanceof SliceOutcome.Done done) {
            if (!done.file().slice().equals(slice)) {
                throw new IllegalStateException("a file of " + done.file().slice() + " for " + slice);
            }
            return done.file();
        } else if (outcome instanceof SliceOutcome.Lost lost) {
            LostRange range = lost.range();
            losses.met(
                    slice,
                    new DataLossException(range.range().start(), range.range().end(), lost.problem(), null));
            readInVain.accept(slice, lost.figures());
            return null;
        } else if (outcome instanceof SliceOutcome.Met met) {
            schemas.met(met);
            readInVain.accept(slice, met.figures());
            return null;
        }
        throw ((SliceOutcome.Failed) outcome).exception();
    }

    /** What the work on slices took, each counted once, as soon as it is known. */
    private final class Accounts implements SliceWorkers.Early {
        private final List<Slice> slices;
        private final BitSet counted = new BitSet();

        private Accounts(List<Slice> slices) {
            this.slices = slices;
        }

        @Override
        public synchronized void done(int index, SliceOutcome outcome) {
            if (counted.get(index)) {
                return;
            }
            counted.set(index);
            if (outcome instanceof SliceOutcome.Done done) {
                long offsets = slices.get(index).range().size();
                if (done.figures().adopted()) {
                    progress.adopted(offsets);
                } else {
                    progress.read(done.figures().records(), done.figures().bytes(), offsets);
                }
                spent(done.figures());
            } else if (outcome instanceof SliceOutcome.Lost lost) {
                spent(lost.figures());
            } else if (outcome instanceof SliceOutcome.Met met) {
                spent(met.figures());
            }
        }

        private void spent(SliceFigures figures) {
            progress.fetched(figures.fetchedBytes());
            progress.threadTimes().add(figures.threadMillis());
        }
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
