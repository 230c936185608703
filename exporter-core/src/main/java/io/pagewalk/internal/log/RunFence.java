package io.pagewalk.internal.log;

import io.pagewalk.error.FencedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a run of a series whether the export was deleted, or the run has expired: a scheduler that slept before it began a run may wake
 * when others have made that run, and have let it expire.
 */
final class RunFence implements LogFence {
    private final @Nullable LogFence deletion;
    private final CheckpointStores stores;
    private final String exportId;
    private final int run;

    RunFence(@Nullable LogFence deletion, CheckpointStores stores, String exportId, int run) {
        this.deletion = deletion;
        this.stores = stores;
        this.exportId = exportId;
        this.run = run;
    }

    @Override
    public boolean isDown() throws IOException {
        return (deletion != null && deletion.isDown()) || stores.expired() >= run;
    }

    @Override
    public PagewalkException deleted() {
        try {
            if (deletion != null && deletion.isDown()) {
                return deletion.deleted();
            }
        } catch (IOException e) {
            // Then it is the run that has expired.
        }
        return new FencedException(
                "export " + exportId + ": run " + run + " was made by others, and has expired, while this"
                        + " one slept; this one stops, and what it has added is taken back: run again to go on after the last run");
    }
}
