package io.pagewalk.internal.log;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Origin;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.PageToken;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One export's log: chains and seals the entries, and decides who is fenced. Safe for
 * use by any number of threads.
 */
public final class CheckpointLog {
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final CheckpointStore store;
    private final String exportId;
    private final Origin origin;
    private final Clock clock;
    private final @Nullable LogFence fence;
    private final EntryPublisher publisher;
    private volatile ChainEnd end = ChainEnd.OF_NOTHING;
    /** Why nothing can be appended any more. */
    private @Nullable PagewalkException failure;

    /** A log that no deletion is looked out for: it is only looked at. */
    public CheckpointLog(CheckpointStore store, String exportId, Origin origin, Clock clock) {
        this(store, exportId, origin, clock, null);
    }

    /** @param fence asked after each append whether the export was deleted */
    public CheckpointLog(CheckpointStore store, String exportId, Origin origin, Clock clock, @Nullable LogFence fence) {
        this.store = store;
        this.exportId = exportId;
        this.origin = origin;
        this.clock = clock;
        this.fence = fence;
        this.publisher = new EntryPublisher(store, exportId, fence);
    }

    public String exportId() {
        return exportId;
    }

    public Origin origin() {
        return origin;
    }

    /** The log's place as messages show it. */
    public String location() {
        return store.location();
    }

    /**
     * Where the export stands, or empty if its log has no entry. Later appends go behind what was found here, also if an append
     * failed before.
     *
     * @throws UsageException if an entry is missing, damaged, or of another export
     * @throws ExportFailedException if the log cannot be read
     */
    public Optional<ExportState> load() {
        lock.lock();
        try {
            Optional<LogEnd> last = LogEnd.find(store, exportId);
            last.ifPresent(found -> goOnBehind(found.state().last(), found.checksum()));
            return last.map(LogEnd::state);
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #load()}, but for whoever only wants to tell: what is appended later goes where it would have gone, and a log
     * that nothing can be appended to any more stays so.
     */
    public Optional<ExportState> look() {
        if (!lock()) {
            throw new ExportFailedException(
                    "cannot look into " + location() + ": an entry is still being added there; run again");
        }
        try {
            return LogEnd.find(store, exportId).map(LogEnd::state);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a run go on that nobody has taken the log from.
     *
     * @throws FencedException if another run has added an entry behind the last one that this run knows
     */
    public void requireUnfenced() {
        Checkpoint last = look().map(ExportState::last)
                .orElseThrow(() ->
                        new UsageException("the checkpoints in " + location() + " are gone", Advice.RESTORE_THE_LOG));
        if (!last.origin().run().equals(origin.run()) && last.sequence() >= end.nextSequence()) {
            throw fencedBy(last);
        }
    }

    /** Whoever only looks is not to wait for a thread that a store keeps waiting. */
    private boolean lock() {
        try {
            return lock.tryLock(LOOK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Makes this run the log's owner, where the store knows owners.
     *
     * @param known where the export stands, as it was loaded before
     * @return where it stands now
     * @throws UsageException as {@link #load()}
     * @throws ExportFailedException as {@link #load()}
     */
    public Optional<ExportState> takeOver(Optional<ExportState> known) {
        lock.lock();
        try {
            return own() ? load() : known;
        } finally {
            lock.unlock();
        }
    }

    /** Likewise, and tells whether it has to be looked at anew, because others may have gone on until this moment. */
    public boolean own() {
        try {
            return store.takeOver();
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot take over the checkpoints in " + location() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }

    /** The last entry that was read or appended, as the next run of a series refers to it. */
    public SeriesRun.After lastEntry() {
        return end.asAfter();
    }

    /**
     * Checks that the store takes the entries of all pages to come.
     *
     * @throws UsageException if it does not
     */
    public void requireRoom(Checkpoint.Start start, PageToken next) {
        long bytes = EntryBound.of(start, next, origin);
        try {
            store.requireRoom(bytes);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot use " + location() + " for checkpoints: " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }

    /**
     * Adds an entry behind the last one. When this returns, what it says is true.
     *
     * @throws FencedException if another run has added that entry
     * @throws UsageException if the export was deleted; the entry is taken back then
     * @throws ExportFailedException if the store failed; the entry may be there all the same, so nothing more is appended
     */
    public Checkpoint append(Checkpoint.Body body) {
        return append(totals -> body);
    }

    /** As {@link #append(Checkpoint.Body)}, of a body made from the totals that hold until then. */
    public Checkpoint append(Function<Totals, Checkpoint.Body> making) {
        lock.lock();
        try {
            return appendNext(making);
        } finally {
            lock.unlock();
        }
    }

    private Checkpoint appendNext(Function<Totals, Checkpoint.Body> making) {
        if (failure != null) {
            throw failure;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Checkpoint checkpoint = end.next(exportId, origin, now, making.apply(end.totals()));
        byte[] entry = CheckpointCodec.encode(checkpoint);
        try {
            publisher.publish(checkpoint.sequence(), entry);
        } catch (PagewalkException e) {
            failure = explained(e);
            throw failure;
        } catch (RuntimeException | Error e) {
            failure = new ExportFailedException(
                    "whether " + place(checkpoint.sequence()) + " was added is unknown; run again", e);
            throw e;
        }
        goOnBehind(checkpoint, CheckpointReader.checksumOf(entry));
        return checkpoint;
    }

    /** What is committed and what is lost, by the last entry that was read or appended. Does not wait for one under way. */
    public Totals totals() {
        return end.totals();
    }

    private void goOnBehind(Checkpoint checkpoint, String checksum) {
        end = ChainEnd.behind(checkpoint, checksum);
        failure = null;
    }

    /**
     * Checks that the store keeps its promise never to replace an entry, by adding the last one again.
     *
     * @throws UsageException if the store took it
     */
    public void requireExclusiveAppend() {
        lock.lock();
        try {
            publisher.requireExclusive(end.nextSequence() - 1);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why a run failed, as far as its log knows it better: an export that is being deleted looks damaged, or as if somebody else
     * had taken it over, and a run that was fenced may not know by whom.
     *
     * @param found the failure as it is known
     */
    public PagewalkException explained(PagewalkException found) {
        try {
            if (fence != null && fence.isDown()) {
                return because(fence.deleted(), found);
            }
        } catch (IOException e) {
            found.addSuppressed(e);
        }
        return found instanceof FencedException fenced ? named(fenced) : found;
    }

    private PagewalkException named(FencedException fenced) {
        try {
            Optional<ExportState> state = look();
            if (state.isPresent() && !state.get().last().origin().run().equals(origin.run())) {
                return because(fencedBy(state.get().last()), fenced);
            }
        } catch (PagewalkException e) {
            fenced.addSuppressed(e);
        }
        return fenced;
    }

    private static PagewalkException because(PagewalkException better, PagewalkException found) {
        better.addSuppressed(found);
        return better;
    }

    /** The failure of a run that finds an entry of another one where its own should go. */
    public FencedException fencedBy(Checkpoint rival) {
        return publisher.fencedBy(rival);
    }

    /** An entry as messages name it. */
    public String place(long sequence) {
        return place(sequence, store);
    }

    public static String place(long sequence, CheckpointStore store) {
        return "checkpoint " + sequence + " in " + store.location();
    }
}
