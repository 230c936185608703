package io.pagewalk.internal.slice;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Readers that do what a test says, and remember what was read. */
final class ScriptedReaders implements SourceReaders {
    /** What happens while a slice is read, before its records come. */
    interface Script {
        void play(Slice slice, Reader reader) throws Exception;
    }

    final List<Reader> made = new CopyOnWriteArrayList<>();
    /** In the order in which their reading began. */
    final List<Slice> begun = new CopyOnWriteArrayList<>();

    /** What {@code stop} throws once it has stopped the reader. */
    volatile @Nullable Error failingStop;

    /** What {@code close} throws once it has closed the reader. */
    volatile @Nullable Error failingClose;

    private final Script script;

    ScriptedReaders(Script script) {
        this.script = script;
    }

    @Override
    public Reader open(Progress progress) {
        Reader reader = new Reader();
        made.add(reader);
        return reader;
    }

    /** A record without a key, and with a value of seven bytes. */
    private static RecordView record(Slice slice, long offset) {
        return new ReusableRecord()
                .begin(slice.topicPartition().topic(), slice.partition(), offset, 0, TimestampType.CREATE_TIME)
                .value(new byte[7])
                .view();
    }

    private static void throwIfSet(@Nullable Error failure) {
        if (failure != null) {
            throw failure;
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("waited in vain");
        }
    }

    final class Reader implements RunReader {
        private final CountDownLatch stopped = new CountDownLatch(1);
        volatile boolean closed;
        final AtomicInteger served = new AtomicInteger();
        /** Whether a read that got nothing ended because it was stopped. */
        volatile boolean endedByStop;

        /** How many slices did not go on where the one before had ended. */
        final AtomicInteger seeks = new AtomicInteger();

        volatile @Nullable Thread thread;
        private @Nullable Slice last;
        private @Nullable RecordHandler taking;
        private boolean skipping;

        @Override
        public void read(Slice slice, RecordHandler handler) throws IOException {
            thread = Thread.currentThread();
            taking = handler;
            begun.add(slice);
            Slice before = last;
            if (before == null || !slice.follows(before)) {
                seeks.incrementAndGet();
            }
            last = slice;
            try {
                script.play(slice, this);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            if (skipping) {
                skipping = false;
            } else {
                handOver(slice, slice.range());
            }
        }

        /** Ends the read with what was handed over; the rest of the slice is a gap. */
        void skipRest() {
            skipping = true;
        }

        /** Hands over the records of a part of the slice that is being read. */
        void handOver(Slice slice, OffsetRange part) throws IOException {
            for (long offset = part.start(); offset < part.end(); offset++) {
                Objects.requireNonNull(taking).handle(record(slice, offset));
            }
        }

        /** Waits for a read that gets nothing, until it is stopped. */
        void block() throws InterruptedException {
            await(stopped);
            endedByStop = true;
            throw new StoppedException("stopped while reading");
        }

        @Override
        public void serve(Progress progress, long since) {
            served.incrementAndGet();
        }

        @Override
        public void stop() {
            stopped.countDown();
            throwIfSet(failingStop);
        }

        @Override
        public void close() {
            closed = true;
            throwIfSet(failingClose);
        }
    }
}
