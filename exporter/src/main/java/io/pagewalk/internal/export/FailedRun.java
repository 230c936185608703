package io.pagewalk.internal.export;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.storage.Bounded;
import io.pagewalk.log.ExportState;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks into the log of a run that has failed; what it cannot find out in time it leaves. Used by one thread. */
public final class FailedRun {
    /** What failed is told, also where the storage does not answer any more. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

    private @Nullable CheckpointLog log;

    /** The run that is under way. */
    public void of(CheckpointLog logOfRun) {
        log = logOfRun;
    }

    /** A run that fails half-way has committed pages all the same. */
    public void lookUpCommitted(Consumer<ExportState> committed, RuntimeException failure) {
        CheckpointLog known = Objects.requireNonNull(log);
        try {
            Bounded.run(() -> known.look().ifPresent(committed), LOOK_LIMIT);
        } catch (PagewalkException | IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The failure, as far as the log knows it better. */
    public PagewalkException explained(PagewalkException failure) {
        CheckpointLog known = log;
        if (known == null) {
            return failure;
        }
        AtomicReference<PagewalkException> better = new AtomicReference<>(failure);
        try {
            Bounded.run(() -> better.set(known.explained(failure)), LOOK_LIMIT);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return Objects.requireNonNull(better.get());
    }
}
