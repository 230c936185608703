package io.pagewalk.model;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what an action allocates: a guard against waste that, unlike a stopwatch, says the same on every machine. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** The bytes that {@code action} allocates on this thread. */
    public static long of(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
