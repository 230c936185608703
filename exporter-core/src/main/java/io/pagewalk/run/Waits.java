package io.pagewalk.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the threads of a run wait for at this moment, for whoever watches that they get it. Told by the poll and by the file,
 * not by the record. Safe for use by any number of threads.
 */
public final class Waits {
    /** Who keeps a thread waiting. */
    public enum For {
        BROKERS,
        STORAGE
    }

    private final Set<Wait> current = ConcurrentHashMap.newKeySet();

    /**
     * Begins a wait, which lasts until {@link Wait#end()}.
     *
     * @param what is waited with, such as a slice; its text is part of a message
     * @param offset where, or -1
     */
    public Wait begin(For whom, Object what, long offset) {
        Wait wait = new Wait(whom, what, offset, System.nanoTime());
        current.add(wait);
        return wait;
    }

    Collection<Wait> current() {
        return current;
    }

    /** A wait under way. */
    public final class Wait {
        private final For whom;
        private final Object what;
        private final long offset;
        private final long since;

        private Wait(For whom, Object what, long offset, long since) {
            this.whom = whom;
            this.what = what;
            this.offset = offset;
            this.since = since;
        }

        For whom() {
            return whom;
        }

        /** What waits. */
        Object what() {
            return what;
        }

        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        public void end() {
            current.remove(this);
        }

        /** {@code orders-3 [100, 200) waits for the brokers at offset 120} */
        @Override
        public String toString() {
            return what + " waits for the " + (whom == For.BROKERS ? "brokers" : "storage")
                    + (offset < 0 ? "" : " at offset " + offset);
        }
    }
}
