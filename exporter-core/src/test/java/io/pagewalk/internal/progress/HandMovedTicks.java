package io.pagewalk.internal.progress;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved; who sleeps moves it. It begins where it soon overflows. */
public final class HandMovedTicks implements Ticks {
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(long time) {
        nanos.addAndGet(time);
    }
}
