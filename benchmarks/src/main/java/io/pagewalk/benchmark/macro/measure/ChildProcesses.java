package io.pagewalk.benchmark.macro.measure;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The processes that were started and have not ended. Safe for use by any number of threads. */
public final class ChildProcesses implements AutoCloseable {
    private final Set<Process> running = new HashSet<>();
    private boolean closed;

    /** Starts a process; throws {@link Stopped} after {@link #close}. */
    public synchronized Process start(ProcessBuilder builder) throws IOException {
        requireNotStopped();
        running.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Throws {@link Stopped} if they were killed by {@link #close}. */
    synchronized void requireNotStopped() {
        if (closed) {
            throw new Stopped();
        }
    }

    /** Kills a process and its children, with SIGKILL. */
    static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /** Kills all of them, waits until they are gone, and lets no more be started. */
    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(ChildProcesses::kill);
        running.forEach(process -> process.onExit().join());
    }
}
