package io.pagewalk.internal.log;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Origin;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a series, one for each run. The series is where its last run is: the last that has an entry 0. For one thread at a time,
 * each log apart.
 */
public final class RunLogs {
    private final CheckpointStores stores;
    private final String exportId;
    private final Origin origin;
    private final Clock clock;
    private final @Nullable LogFence fence;

    /**
     * A run of a series.
     *
     * @param number from 1
     * @param log its log
     * @param state where it stands
     */
    public record Found(int number, CheckpointLog log, ExportState state) {}

    /** @param fence asked after each append whether the export was deleted, or null where logs are only looked at */
    public RunLogs(CheckpointStores stores, String exportId, Origin origin, Clock clock, @Nullable LogFence fence) {
        this.stores = stores;
        this.exportId = exportId;
        this.origin = origin;
        this.clock = clock;
        this.fence = fence;
    }

    public String exportId() {
        return exportId;
    }

    /** Their place as messages show it. */
    public String location() {
        return stores.location();
    }

    /** The log of a run, not yet loaded. */
    public CheckpointLog of(int run) {
        LogFence of = fence == null ? null : fence(run);
        return new CheckpointLog(stores.of(run), exportId, origin, clock, of);
    }

    private LogFence fence(int run) {
        return new RunFence(fence, stores, exportId, run);
    }

    /**
     * Fails if the export was deleted, or a run has expired: what was added beside its log has to be taken back then.
     *
     * @throws PagewalkException if it was
     */
    public void requireThere(int run) throws IOException {
        LogFence of = fence(run);
        if (of.isDown()) {
            throw of.deleted();
        }
    }

    /**
     * The last run, loaded; empty if none has begun. It reads a few entries, however many runs there are.
     *
     * @throws UsageException if its log is broken, damaged, or of another export
     * @throws ExportFailedException if it cannot be read
     */
    public Optional<Found> last() {
        return lastUpTo(Integer.MAX_VALUE);
    }

    /** Likewise, the last of those up to a number. */
    public Optional<Found> lastUpTo(int most) {
        // First, so that the runs that are listed then are those that are left, whoever lets others expire meanwhile.
        int expired = expired();
        int[] runs = runs();
        for (int i = runs.length - 1; i >= 0 && runs[i] > expired; i--) {
            if (runs[i] <= most) {
                // A run that was removed may leave its folder behind.
                Optional<Found> found = at(runs[i]);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (expired > 0 && most > expired) {
            throw new UsageException(
                    "the logs in " + location() + " are damaged: runs up to " + expired
                            + " have expired, and none after them is there",
                    Advice.RESTORE_THE_LOG);
        }
        return Optional.empty();
    }

    private int expired() {
        try {
            return stores.expired();
        } catch (IOException e) {
            throw cannotList(e);
        }
    }

    private ExportFailedException cannotList(IOException e) {
        return new ExportFailedException(
                "cannot list the runs in " + location() + ": " + Reasons.describe(e) + "; fix that and run again", e);
    }

    private int[] runs() {
        try {
            return stores.runs();
        } catch (IOException e) {
            throw cannotList(e);
        }
    }

    /** A run, loaded; empty if it has not begun. */
    public Optional<Found> at(int run) {
        CheckpointLog log = of(run);
        Optional<ExportState> state = log.load();
        if (state.isPresent() && state.get().series().number() != run) {
            throw new UsageException(
                    log.place(0) + " is damaged: it says it is of run "
                            + state.get().series().number(),
                    Advice.RESTORE_THE_LOG);
        }
        return state.map(found -> new Found(run, log, found));
    }

    /** Likewise; also empty if it has expired. */
    public Optional<Found> unexpired(int run) {
        return run <= expired() ? Optional.empty() : at(run);
    }

    /** Whether a run is still the last one, and where it was, for who has become the owner of the logs. */
    public boolean isStillLast(ExportState state) {
        return last().map(last -> last.state().last().equals(state.last())).orElse(false);
    }

    public Instant now() {
        return clock.instant();
    }
}
