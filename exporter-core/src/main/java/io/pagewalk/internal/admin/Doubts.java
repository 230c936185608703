package io.pagewalk.internal.admin;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.BrokerCheck;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.cluster.Lookout;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.Ticks;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Whether a question that has no answer will get one: after a moment a lookout is kept. Used by one thread. */
final class Doubts implements AutoCloseable {
    /** A question without an answer for so long may not have reached a broker. */
    private static final Duration DOUBTED_AFTER = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Ticks ticks;
    private final boolean answeredBefore;
    private final IntPredicate reachedBefore;
    private final Patience trust;
    private @Nullable Lookout lookout;

    /**
     * Of a question that is asked now.
     *
     * @param answeredBefore whether the servers have ever answered a question
     * @param reachedBefore whether the broker of that id has ever answered one; asked on another thread
     */
    Doubts(KafkaSettings settings, Ticks ticks, boolean answeredBefore, IntPredicate reachedBefore) {
        this.settings = settings;
        this.ticks = ticks;
        this.answeredBefore = answeredBefore;
        this.reachedBefore = reachedBefore;
        this.trust = new Patience(DOUBTED_AFTER, ticks);
    }

    /**
     * To be called again and again while there is no answer.
     *
     * @throws UsageException if none will come
     */
    void check() {
        if (lookout == null) {
            if (trust.isExhausted()) {
                lookout = new Lookout(new BrokerCheck(settings), ticks, answeredBefore, reachedBefore);
            }
            return;
        }
        UsageException verdict = lookout.verdict();
        if (verdict != null) {
            throw verdict;
        }
    }

    @Override
    public void close() {
        if (lookout != null) {
            lookout.close();
        }
    }
}
