package io.pagewalk.simulation;

import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import java.io.IOException;

/** Counts operations, and fails one of them, before or after its effect. */
final class FailingOnce implements Faults {
    private final long failing;
    private final CrashPoint point;
    private long operations;

    FailingOnce(long failing, CrashPoint point) {
        this.failing = failing;
        this.point = point;
    }

    long operations() {
        return operations;
    }

    @Override
    public void before(Operation operation, String name) throws IOException {
        operations++;
        fail(CrashPoint.BEFORE, operation, name);
    }

    @Override
    public void after(Operation operation, String name) throws IOException {
        fail(CrashPoint.AFTER, operation, name);
    }

    private void fail(CrashPoint at, Operation operation, String name) throws IOException {
        if (operations == failing && at == point) {
            throw new IOException("injected " + at + " " + operation + " " + name);
        }
    }
}
