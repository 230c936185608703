package io.pagewalk.simulation;

import io.pagewalk.internal.iceberg.FaultyCatalog;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk.SimulatedProcess;
import java.io.IOException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;

/** What happens to a process: it dies at any operation of its disk or of the catalog, or the operation fails, or its reply is lost. */
final class FollowedFaults implements Faults {
    private static final int ONE_OPERATION_IN = 150;
    private static final int ONE_FAILURE_IN = 24;
    private static final int ONE_ACT_IN = 3;

    /** How much happens in one world. */
    static final class Budget {
        private int acts = 14;
        private int crashes = 8;
        private int failures = 12;
        int happened;
    }

    private final FollowedWorld world;
    private final SimulatedProcess process;
    private final Thread runner;
    private volatile boolean dead;

    /** @param runner waits for what other threads of the process do */
    FollowedFaults(FollowedWorld world, SimulatedProcess process, Thread runner) {
        this.world = world;
        this.process = process;
        this.runner = runner;
    }

    @Override
    public void before(Operation operation, String name) throws IOException {
        disk(operation);
    }

    @Override
    public void after(Operation operation, String name) throws IOException {
        disk(operation);
    }

    private void disk(Operation operation) throws IOException {
        int what = world.random.nextInt(2 * ONE_OPERATION_IN);
        if (what == 0 && world.budget.crashes > 0) {
            die();
        } else if (what == 1 && world.budget.failures > 0 && operation != Operation.LINK) {
            // A disk that fails to link is taken for one that cannot.
            world.budget.failures--;
            world.budget.happened++;
            throw new IOException("injected");
        }
    }

    private void die() {
        world.budget.crashes--;
        world.budget.happened++;
        dead = true;
        process.kill();
        if (world.threaded) {
            // It may wait for the thread that has met this.
            runner.interrupt();
        }
        requireAlive();
    }

    private void requireAlive() {
        if (dead) {
            throw new SimulatedCrash("dead");
        }
    }

    FaultyCatalog.Faults ofCatalog() {
        return new FaultyCatalog.Faults() {
            @Override
            public void before(String operation) {
                requireAlive();
                if (world.budget.acts > 0 && world.random.nextInt(ONE_ACT_IN) == 0) {
                    world.catalog.soundly(FollowedFaults.this::others);
                }
                fail(true);
            }

            @Override
            public void after(String operation) {
                requireAlive();
                fail(false);
            }
        };
    }

    private void others() {
        if (world.hasRivals() && world.random.nextInt(4) == 0) {
            world.rival();
            world.budget.acts--;
        } else if (world.others.act(world.table(), world.hostile)) {
            world.budget.acts--;
        }
    }

    private void fail(boolean before) {
        int what = world.random.nextInt(ONE_FAILURE_IN);
        if (what == 0 && world.budget.crashes > 0) {
            die();
        } else if (what > 0 && what < 4 && world.budget.failures > 0) {
            world.budget.failures--;
            world.budget.happened++;
            switch (what) {
                case 1 -> throw new CommitStateUnknownException(new ServiceFailureException("lost"));
                case 2 -> throw new ServiceUnavailableException("busy");
                default -> throw new CommitFailedException(before ? "conflict" : "conflict with itself");
            }
        }
    }
}
