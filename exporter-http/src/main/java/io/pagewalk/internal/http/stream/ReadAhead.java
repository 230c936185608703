package io.pagewalk.internal.http.stream;

import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.PageSequence;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages on a thread of its own, while who writes them to a client writes the one before. One page waits to be taken at most; if it has to wait, its
 * reader is given back meanwhile.
 */
final class ReadAhead implements Runnable {
    /** Who writes takes some time for a page, in which the reader is not given away. */
    private static final long GRACE_MS = 100;

    /**
     * What comes next.
     *
     * @param page the next page; null if there is none, or reading has failed
     * @param failure why it has
     */
    record Next(@Nullable ListedPage page, @Nullable Throwable failure) {}

    private final PageSequence sequence;
    private final boolean all;
    private final SynchronousQueue<Next> handed = new SynchronousQueue<>();
    private volatile boolean abandoned;

    /** @param all whether more than one page is read */
    ReadAhead(PageSequence sequence, boolean all) {
        this.sequence = sequence;
        this.all = all;
    }

    @Override
    public void run() {
        try (sequence) {
            boolean more = true;
            while (more) {
                if (abandoned) {
                    // This is not the end of what was asked for.
                    return;
                }
                ListedPage page = PageThread.read(sequence::next);
                more = all && sequence.hasNext();
                if (!hand(new Next(page, null))) {
                    page.close();
                    return;
                }
            }
            hand(new Next(null, null));
        } catch (RuntimeException | Error e) {
            hand(new Next(null, e));
        }
    }

    private boolean hand(Next next) {
        try {
            if (handed.offer(next, GRACE_MS, TimeUnit.MILLISECONDS)) {
                return true;
            }
            sequence.pause();
            while (!abandoned) {
                if (handed.offer(next, GRACE_MS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** What comes next, or null if it has not come in time. */
    @Nullable
    Next poll(Duration patience) throws InterruptedException {
        return handed.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nobody takes anything any more. */
    void abandon() {
        abandoned = true;
        sequence.stop();
    }

    /** Whether what comes next may not come. */
    boolean isAbandoned() {
        return abandoned;
    }
}
