package io.pagewalk.internal.progress;

import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.SourceLog;
import io.pagewalk.spi.Storage;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a run wait for at this moment, for who watches that they get it. A poll, a file or a request is one wait,
 * a record is none. Safe for use by any number of threads.
 */
public final class Waits {
    /** What keeps a thread waiting. */
    public enum For {
        /** A reader that has the retry timeout, and should come back by itself. */
        RECORDS("the brokers"),
        /** A question to the brokers that gives up by itself. */
        BROKERS("the brokers"),
        /** A log in a topic: likewise, but it may have to wait for the transactions of others. */
        LOG("the brokers"),
        STORAGE("the storage"),
        /** Other threads of the run, which say themselves what they wait for. */
        THREADS("its threads"),
        /** Other processes that work on slices, for which a scheduler answers: nothing is known of how long they may take. */
        WORKERS("its workers"),
        /** The rate limit: nothing is wrong, however long it takes. */
        RATE("the rate limit");

        private final String text;

        For(String text) {
            this.text = text;
        }
    }

    /** What each thread waits for; of waits within each other the innermost. */
    private final Map<Thread, Wait> current = new ConcurrentHashMap<>();

    private final LongAdder begun = new LongAdder();
    private final Ticks ticks;

    /** By the machine's clock. */
    public Waits() {
        this(Ticks.SYSTEM);
    }

    /** @param ticks the clock of all that waits, and of who watches it */
    public Waits(Ticks ticks) {
        this.ticks = ticks;
    }

    /** The clock by which waiting is measured, and bounded. */
    public Ticks ticks() {
        return ticks;
    }

    /**
     * Begins a wait of this thread, which lasts until {@link Wait#end()}. Waits may be nested.
     *
     * @param what waits, such as a slice; its text is part of a message
     * @param offset where, or -1
     */
    public Wait begin(For whom, Object what, long offset) {
        begun.increment();
        Thread thread = Thread.currentThread();
        Wait wait = new Wait(whom, what, offset, thread, current.get(thread));
        current.put(thread, wait);
        return wait;
    }

    /** Something to wait for. */
    interface Call<T, E extends Exception> {
        T run() throws E;
    }

    /** Something to wait for, without a result. */
    public interface Action<E extends Exception> {
        void run() throws E;
    }

    /** Lets a call be a wait. */
    <T, E extends Exception> T call(For whom, Object what, Call<T, E> call) throws E {
        Wait wait = begin(whom, what, -1);
        try {
            return call.run();
        } finally {
            wait.end();
        }
    }

    /** As {@link #call}. */
    public <E extends Exception> void run(For whom, Object what, Action<E> action) throws E {
        Wait wait = begin(whom, what, -1);
        try {
            action.run();
        } finally {
            wait.end();
        }
    }

    /** A storage whose calls are waits. */
    public Storage watched(Storage storage) {
        return new WatchedStorage(storage, this);
    }

    /** Stores whose calls are waits. */
    public CheckpointStores watched(CheckpointStores stores) {
        return new WatchedCheckpointStores(stores, this);
    }

    /** A source whose validation is a wait. */
    public SourceLog watched(SourceLog source) {
        return new WatchedSource(source, this);
    }

    Collection<Wait> current() {
        return current.values();
    }

    /** How many waits have begun so far: as long as it grows, something moves. */
    long begun() {
        return begun.sum();
    }

    private record Throttling(long until, String advice) {}

    /** A wait under way. Ended by the thread that began it. */
    public final class Wait {
        private final For whom;
        private final Object what;
        private final long offset;
        private final long since = ticks.nanos();
        private final Thread thread;
        private final @Nullable Wait outer;
        private volatile @Nullable Throttling throttling;

        private Wait(For whom, Object what, long offset, Thread thread, @Nullable Wait outer) {
            this.whom = whom;
            this.what = what;
            this.offset = offset;
            this.thread = thread;
            this.outer = outer;
        }

        For whom() {
            return whom;
        }

        /**
         * The brokers hold this thread back for a quota, so that nothing need come for so long.
         *
         * @param advice what to do about it
         */
        public void throttled(long nanos, String advice) {
            throttling = new Throttling(ticks.nanos() + nanos, advice);
        }

        /** What to do about the quota for which brokers hold this thread back at this moment; null if they do not. */
        @Nullable
        String throttledNow() {
            Throttling known = throttling;
            return known != null && known.until - ticks.nanos() > 0 ? known.advice : null;
        }

        public Duration age() {
            return Duration.ofNanos(ticks.nanos() - since);
        }

        /** Ends the wait, and those within it. */
        public void end() {
            if (outer == null) {
                current.remove(thread);
            } else {
                current.put(thread, outer);
            }
        }

        /** {@code orders-3 [100, 200) waits for the brokers at offset 120} */
        @Override
        public String toString() {
            return what + " waits for " + whom.text + (offset < 0 ? "" : " at offset " + offset);
        }
    }
}
