package io.pagewalk.internal.claim;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.LogFence;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.spi.Storage;
import java.io.IOException;

/**
 * Tells a run whether its export was deleted, which nobody can tell it where no lock shows that it is alive. Each look is one
 * small request. Safe for use by any number of threads.
 */
public final class DeletionFence implements LogFence {
    private final Storage output;
    private final String topic;
    private final LogName log;

    public DeletionFence(Storage output, String topic, LogName log) {
        this.output = output;
        this.topic = topic;
        this.log = log;
    }

    @Override
    public boolean isDown() throws IOException {
        return output.exists(OutputLayout.deletion(topic, log.generation()));
    }

    /**
     * Lets a run pass whose export is there.
     *
     * @throws UsageException if the export was deleted, or its deletion has begun
     */
    public void requireUp() throws IOException {
        if (isDown()) {
            throw deleted();
        }
    }

    @Override
    public UsageException deleted() {
        return new UsageException("export " + log.exportId() + " of topic " + topic + " in " + output.location()
                + " was deleted while this run was at work, as "
                + OutputLayout.deletion(topic, log.generation())
                + " says; this run stops, and no run uses what it has published");
    }
}
