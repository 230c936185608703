package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.PageToken;
import io.pagewalk.spi.DataFile;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows the entries of a log, in their order, to where it leaves off. Looks at nothing but what they say. */
public final class LogPosition implements Checkpoint.Visitor<RuntimeException> {
    private final Consumer<DataFile> files;
    private Checkpoint.@Nullable Start started;
    private @Nullable PageToken next;

    /** @param files told of each file that is listed */
    public LogPosition(Consumer<DataFile> files) {
        this.files = files;
    }

    /** The first entry; null if it was not among them. */
    public Checkpoint.@Nullable Start started() {
        return started;
    }

    /** The token of what was not committed yet; null if none of the entries tells. */
    public @Nullable PageToken next() {
        return next;
    }

    @Override
    public void start(Checkpoint.Start start) {
        started = start;
        next = start.next();
    }

    @Override
    public void page(Checkpoint.PageCommit page) {
        page.files().forEach(files);
        next = page.next();
    }

    @Override
    public void loss(Checkpoint.Loss loss) {
        // It changes no plan.
    }

    @Override
    public void schemas(Checkpoint.Schemas schemas) {
        // Nor do these.
    }

    @Override
    public void complete(Checkpoint.Complete complete) {
        // The page before it has left nothing.
    }
}
