package io.pagewalk.internal.consumer;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.page.PartitionFeed;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.PageToken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lends consumers to those who read pages, a bounded number at a time; they are kept for the next one for a while. Safe for use by any
 * number of threads.
 */
public final class PageConsumers implements AutoCloseable {
    private static final long KEPT_NANOS = Duration.ofSeconds(60).toNanos();

    private static final int MOST_WAITING = 8;

    private final KafkaSettings settings;
    private final int most;
    /** Who waits for longest comes first. */
    private final Semaphore free;

    /** Who has rested for longest is last. */
    private final Deque<PageConsumer> resting = new ArrayDeque<>();

    private boolean closed;

    /** @param most how many are lent at a time */
    public PageConsumers(KafkaSettings settings, int most) {
        this.settings = settings;
        this.most = most;
        this.free = new Semaphore(most, true);
    }

    /**
     * The partitions of a walk, by a consumer that is given back when the feed is closed.
     *
     * @param patience how long one is waited for
     * @return empty if none was free in time
     * @throws io.pagewalk.error.UsageException if the settings are not valid
     * @throws StoppedException if the thread was interrupted
     */
    public Optional<PartitionFeed> lend(PageToken token, Waits waits, Duration patience) {
        if (!acquire(patience)) {
            return Optional.empty();
        }
        try {
            return Optional.of(feed(token, take(token), waits));
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    private PartitionFeed feed(PageToken token, PageConsumer consumer, Waits waits) {
        try {
            return new KafkaPartitionFeed(settings, token, consumer, waits, this::giveBack);
        } catch (RuntimeException | Error e) {
            consumer.close();
            throw e;
        }
    }

    private boolean acquire(Duration patience) {
        // Who comes behind so many others has no chance within that time, and would only keep a thread.
        if (free.getQueueLength() > MOST_WAITING * most) {
            return free.tryAcquire();
        }
        try {
            return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted", e);
        }
    }

    private PageConsumer take(PageToken token) {
        PageConsumer consumer = takeResting(token);
        if (consumer == null) {
            consumer = new PageConsumer(settings, token.isolationLevel());
        }
        consumer.serve(token.topic(), token.topicId());
        return consumer;
    }

    private synchronized @Nullable PageConsumer takeResting(PageToken token) {
        for (Iterator<PageConsumer> each = resting.iterator(); each.hasNext(); ) {
            PageConsumer candidate = each.next();
            if (candidate.serves(token.isolationLevel(), token.topic(), token.topicId())) {
                each.remove();
                return candidate;
            }
        }
        return null;
    }

    private void giveBack(PageConsumer consumer, boolean usable) {
        try {
            if (!usable || !rest(consumer)) {
                consumer.close();
            }
        } finally {
            free.release();
        }
    }

    private boolean rest(PageConsumer consumer) {
        consumer.rest(System.nanoTime());
        PageConsumer surplus;
        synchronized (this) {
            if (closed) {
                return false;
            }
            resting.addFirst(consumer);
            surplus = resting.size() > most ? resting.pollLast() : null;
        }
        if (surplus != null) {
            surplus.close();
        }
        return true;
    }

    /** Ends those that have rested for a minute; called now and then. */
    public void endIdle() {
        List<PageConsumer> idle = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            while (!resting.isEmpty() && now - resting.getLast().idleSince() > KEPT_NANOS) {
                idle.add(resting.removeLast());
            }
        }
        idle.forEach(PageConsumer::close);
    }

    /** How many are lent at this moment. */
    public int lent() {
        return most - free.availablePermits();
    }

    /** Those that are lent are ended when they are given back. */
    @Override
    public void close() {
        List<PageConsumer> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(resting);
            resting.clear();
        }
        left.forEach(PageConsumer::close);
    }
}
