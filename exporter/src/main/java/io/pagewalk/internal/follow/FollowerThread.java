package io.pagewalk.internal.follow;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.follow.CommitRule;
import io.pagewalk.table.TablePosition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a table level beside a run, which it never keeps waiting before its end. What fails is tried again; what somebody has to decide
 * ends it. Made, told of pages and closed by the run's thread.
 */
final class FollowerThread implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** Of who has asked for a stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Brings the table level. */
    interface Work {
        /**
         * Adds what is lacking.
         *
         * @param moved told of each position on the way
         */
        TablePosition bringLevel(TablePosition target, Consumer<TablePosition> moved);
    }

    private final Work work;
    private final CommitRule rule;
    private final Duration retryTimeout;
    private final Consumer<String> told;
    private final Thread thread;

    private TablePosition target = TablePosition.NOTHING;
    private TablePosition reached = TablePosition.NOTHING;
    private boolean finishing;
    private boolean closed;
    private @Nullable Long stoppedAt;
    /** Why the last attempt failed; null after one that did not. */
    private @Nullable PagewalkException failure;
    /** Whether trying again is of no use. */
    private boolean over;

    private long movedAt = System.nanoTime();
    private long lastCommit = System.nanoTime();

    /**
     * @param work called by the thread alone
     * @param retryTimeout for how long the run waits at its end for attempts that fail
     * @param told in a line of the first failure of several in a row
     */
    FollowerThread(String name, Work work, CommitRule rule, Duration retryTimeout, Consumer<String> told) {
        this.work = work;
        this.rule = rule;
        this.retryTimeout = retryTimeout;
        this.told = told;
        thread = new Thread(this::follow, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A page is committed, or an earlier run has committed it. */
    synchronized void committed(TablePosition end) {
        if (end.compareTo(target) > 0) {
            target = end;
            notifyAll();
        }
    }

    /**
     * Waits until the table is level.
     *
     * @throws PagewalkException if it does not come to be; the run has committed all the same
     */
    synchronized void awaitLevel() throws InterruptedException {
        finishing = true;
        movedAt = System.nanoTime();
        notifyAll();
        while (reached.compareTo(target) < 0 && !over) {
            long left = left();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        finishing = false;
        if (reached.compareTo(target) < 0) {
            throw failure != null ? failure : new ExportFailedException("its catalog does not answer");
        }
    }

    private long left() {
        long left = movedAt + retryTimeout.toNanos() - System.nanoTime();
        return stoppedAt == null ? left : Math.min(left, stoppedAt + PATIENCE.toNanos() - System.nanoTime());
    }

    /** Lets nobody wait for it much longer. */
    synchronized void hurry() {
        stoppedAt = System.nanoTime();
        notifyAll();
    }

    private synchronized void moved(TablePosition position) {
        reached = position;
        movedAt = System.nanoTime();
    }

    /** How far the table has come, as far as this thread knows. */
    synchronized TablePosition reached() {
        return reached;
    }

    /** Whether it was told to end. */
    synchronized boolean isClosed() {
        return closed;
    }

    private void follow() {
        // Who waits for a short time alone is not to wait in vain for the second attempt.
        Duration first =
                retryTimeout.compareTo(FIRST_PAUSE.multipliedBy(4)) < 0 ? retryTimeout.dividedBy(4) : FIRST_PAUSE;
        Duration pause = first;
        for (TablePosition next = next(); next != null; next = next()) {
            PagewalkException failed = attempt(next);
            if (failed == null) {
                pause = first;
            } else if (!(failed instanceof ExportFailedException)) {
                return;
            } else {
                pauseFor(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Where the table has to come to, once it is time; null if nobody needs that any more. */
    private synchronized @Nullable TablePosition next() {
        while (!closed) {
            boolean behind = reached.compareTo(target) < 0;
            long wait = behind ? untilDue() : 0;
            if (behind && wait <= 0) {
                return target;
            }
            try {
                if (behind && wait != Long.MAX_VALUE) {
                    TimeUnit.NANOSECONDS.timedWait(this, wait);
                } else {
                    wait();
                }
            } catch (InterruptedException e) {
                return null;
            }
        }
        return null;
    }

    private long untilDue() {
        if (finishing) {
            return 0;
        }
        Duration every = rule.every();
        return every == null ? Long.MAX_VALUE : lastCommit + every.toNanos() - System.nanoTime();
    }

    private @Nullable PagewalkException attempt(TablePosition next) {
        PagewalkException failed = null;
        TablePosition position = null;
        try {
            position = work.bringLevel(next, this::moved);
        } catch (PagewalkException e) {
            failed = e;
        } catch (RuntimeException | Error e) {
            failed = new ExportFailedException("the table cannot be brought level: " + Reasons.line(e), e);
        }
        tell(next, position, failed);
        return failed;
    }

    private void tell(TablePosition next, @Nullable TablePosition position, @Nullable PagewalkException failed) {
        boolean first;
        synchronized (this) {
            first = failure == null;
            failure = failed;
            over = failed != null && !(failed instanceof ExportFailedException);
            if (failed == null) {
                // Less than that, and nothing left to add: what lies between has no page.
                reached = position == null || position.compareTo(next) < 0 ? next : position;
                movedAt = System.nanoTime();
                lastCommit = movedAt;
            }
            notifyAll();
        }
        if (failed != null && first) {
            told.accept(Reasons.line(failed));
        }
    }

    private synchronized void pauseFor(Duration pause) {
        long deadline = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !closed; left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends it after the transaction under way; the next run, or a sync, goes on. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(LONGEST_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
