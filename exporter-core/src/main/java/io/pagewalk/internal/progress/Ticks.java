package io.pagewalk.internal.progress;

import java.util.concurrent.TimeUnit;

/** The clock that spans of time are measured with. Safe for use by any number of threads. */
public interface Ticks {
    /** That of the machine. */
    Ticks SYSTEM = new Ticks() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    };

    /** Nanoseconds since some moment, which may overflow: only differences mean anything. */
    long nanos();

    /** Lets this thread wait for so long, at least. */
    void sleep(long nanos) throws InterruptedException;
}
