package io.pagewalk.internal.progress;

import io.pagewalk.model.Extent;
import io.pagewalk.spi.SourceLog;

/** Tells the watchdog while a topic is asked for. */
final class WatchedSource implements SourceLog {
    private final SourceLog source;
    private final Waits waits;

    WatchedSource(SourceLog source, Waits waits) {
        this.source = source;
        this.waits = waits;
    }

    @Override
    public void validate(Extent extent) {
        waits.run(Waits.For.BROKERS, "the check of topic " + extent.topic(), () -> source.validate(extent));
    }

    @Override
    public void close() {
        source.close();
    }
}
