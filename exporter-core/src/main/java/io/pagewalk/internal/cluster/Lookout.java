package io.pagewalk.internal.cluster;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.Obstacle.Kind;
import io.pagewalk.internal.progress.Ticks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again, on a thread of its own, why a question gets no answer, and says when there is no sense in waiting any
 * longer: because the servers speak another protocol, or brokers advertise addresses at which they cannot be found.
 */
public final class Lookout implements AutoCloseable {
    /**
     * What may be a hiccup has to stay for so long: longer than Java remembers that a name could not be resolved, and longer
     * than the brokers of a cluster go on to name one that has left.
     */
    static final Duration CERTAIN = Duration.ofSeconds(12);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Set<Kind> LASTING = Set.of(Kind.UNRESOLVABLE, Kind.WRONG_LISTENER);

    private final BrokerCheck check;
    private final Ticks ticks;
    private final boolean answeredBefore;
    private final IntPredicate reachedBefore;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Findings verdict;

    /**
     * @param answeredBefore whether the servers have ever answered a question
     * @param reachedBefore whether the broker of that id has ever answered one
     */
    public Lookout(BrokerCheck check, Ticks ticks, boolean answeredBefore, IntPredicate reachedBefore) {
        this.check = check;
        this.ticks = ticks;
        this.answeredBefore = answeredBefore;
        this.reachedBefore = reachedBefore;
        Thread thread = new Thread(this::run, "broker-lookout");
        thread.setDaemon(true);
        thread.start();
    }

    /** Why the question will not be answered; null while it may be. */
    @Nullable
    public UsageException verdict() {
        Findings found = verdict;
        return found == null ? null : new UsageException(found.text(), found.advice());
    }

    private void run() {
        long lasting = -1;
        try {
            do {
                long begun = ticks.nanos();
                Findings found = check.look();
                if (!isLasting(found)) {
                    lasting = -1;
                } else if (lasting < 0) {
                    lasting = begun;
                }
                if (lasting >= 0 && (found.isHopeless() || begun - lasting >= CERTAIN.toNanos())) {
                    verdict = found;
                    return;
                }
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            // Nobody but the question waits for this, and it has a limit of its own.
        }
    }

    /**
     * A broker that is only away may be what the question waits for, and one that has answered before is known not to be
     * misplaced; the name of a server that the user gave is not known to be wrong.
     */
    private boolean isLasting(Findings found) {
        return !found.obstacles().isEmpty()
                && found.obstacles().stream()
                        .allMatch(obstacle -> obstacle.isAdvertised()
                                ? LASTING.contains(obstacle.kind()) && !reachedBefore.test(obstacle.broker())
                                : obstacle.kind() == Kind.WRONG_LISTENER && !answeredBefore);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
