package io.pagewalk.internal.deadletter;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.deadletter.ListedLetters.Listed;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.ThreadTimes;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads slices from files of dead letters. */
final class DeadLetterSliceReader implements SourceReaders.RunReader {
    private final ListedLetters listed;
    private final LetterFiles files;
    private final RateLimit limit;
    private Progress progress;
    private final CountDownLatch stopped = new CountDownLatch(1);

    DeadLetterSliceReader(ListedLetters listed, LetterFiles files, RateLimit limit, Progress progress) {
        this.listed = listed;
        this.files = files;
        this.limit = limit;
        this.progress = progress;
    }

    @Override
    public void read(Slice slice, RecordHandler handler) throws IOException {
        for (Listed file : listed.overlapping(slice)) {
            requireNotStopped(slice);
            files.read(file, slice, record -> handOver(slice, record, handler));
        }
    }

    private void handOver(Slice slice, RecordView record, RecordHandler handler) throws IOException {
        holdBack(slice, record);
        Waits.Wait wait = progress.waits().begin(Waits.For.STORAGE, slice, record.offset());
        try {
            handler.handle(record);
        } finally {
            wait.end();
        }
    }

    private void holdBack(Slice slice, RecordView record) {
        long nanos = limit.take(record.size());
        if (nanos > 0) {
            Waits.Wait wait = progress.waits().begin(Waits.For.RATE, slice, record.offset());
            long begun = System.nanoTime();
            try {
                stopped.await(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("stopped while reading " + slice, e);
            } finally {
                progress.threadTimes().spent(ThreadTimes.Activity.THROTTLED, System.nanoTime() - begun);
                wait.end();
            }
        }
        requireNotStopped(slice);
    }

    private void requireNotStopped(Slice slice) {
        if (stopped.getCount() == 0) {
            throw new StoppedException("stopped while reading " + slice);
        }
    }

    /** A file within the slice is not read for it. */
    @Override
    public long elsewhere(Slice slice) throws IOException {
        long[] here = {0};
        for (Listed file : listed.overlapping(slice)) {
            boolean within = slice.range().start() <= file.slice().range().start()
                    && file.slice().range().end() <= slice.range().end();
            if (within) {
                here[0] += file.letters().records();
            } else {
                files.read(file, slice, record -> here[0]++);
            }
        }
        return slice.range().size() - here[0];
    }

    @Override
    public void serve(Progress other, long since) {
        progress = other;
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        // It keeps nothing open between two reads.
    }
}
