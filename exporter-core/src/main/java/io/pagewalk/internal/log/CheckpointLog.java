package io.pagewalk.internal.log;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.PageToken;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
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
    private long nextSequence;
    private String lastChecksum = "";
    private String topic = "";
    private volatile Totals totals = Totals.NONE;
    private long lastPage;
    private long lastLoss;
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
            Optional<LogEnd> end = LogEnd.find(store, exportId);
            end.ifPresent(found -> goOnBehind(found.state().last(), found.checksum()));
            return end.map(LogEnd::state);
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
            throw new ExportFailedException("cannot look into " + location() + ": an entry is still being added there");
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
                .orElseThrow(() -> new UsageException("the checkpoints in " + location() + " are gone"));
        if (!last.origin().run().equals(origin.run()) && last.sequence() >= nextSequence()) {
            throw fencedBy(last);
        }
    }

    private long nextSequence() {
        lock.lock();
        try {
            return nextSequence;
        } finally {
            lock.unlock();
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
            return store.takeOver() ? load() : known;
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot take over the checkpoints in " + location() + ": " + reason(e)
                            + "; mend that and run again",
                    e);
        } finally {
            lock.unlock();
        }
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
                    "cannot use " + location() + " for checkpoints: " + reason(e) + "; mend that and run again", e);
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
        Checkpoint.Body body = making.apply(totals);
        long sequence = nextSequence;
        if (body instanceof Checkpoint.Start start) {
            topic = start.extent().topic();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Checkpoint checkpoint =
                new Checkpoint(sequence, exportId, topic, origin, now, lastChecksum, lastPage, lastLoss, body);
        byte[] entry = CheckpointCodec.encode(checkpoint);
        try {
            publish(sequence, entry);
            requireUndeleted(sequence, entry);
        } catch (PagewalkException e) {
            failure = explained(e);
            throw failure;
        } catch (RuntimeException | Error e) {
            failure = new ExportFailedException("whether " + place(sequence) + " was added is unknown; run again", e);
            throw e;
        }
        goOnBehind(checkpoint, CheckpointReader.checksumOf(entry));
        return checkpoint;
    }

    /**
     * A deletion puts itself on record before it lists what there is, so it either meets this entry, or is met here; in the
     * second case the entry would stay behind.
     */
    private void requireUndeleted(long sequence, byte[] entry) {
        try {
            if (fence == null || !fence.isDown()) {
                return;
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    place(sequence) + " is written, but nobody can tell whether the export was deleted: " + reason(e)
                            + "; run again to resume",
                    e);
        }
        UsageException deleted = fence.deleted();
        try {
            if (Arrays.equals(store.read(sequence), entry)) {
                store.remove(sequence);
            }
        } catch (IOException | PagewalkException e) {
            deleted.addSuppressed(e);
        }
        throw deleted;
    }

    /** What is committed and what is lost, by the last entry that was read or appended. Does not wait for one under way. */
    public Totals totals() {
        return totals;
    }

    private void goOnBehind(Checkpoint checkpoint, String checksum) {
        nextSequence = checkpoint.sequence() + 1;
        lastChecksum = checksum;
        topic = checkpoint.topic();
        totals = checkpoint.body().totals();
        lastPage = checkpoint.body() instanceof Checkpoint.PageCommit ? checkpoint.sequence() : checkpoint.lastPage();
        lastLoss = checkpoint.body() instanceof Checkpoint.Loss ? checkpoint.sequence() : checkpoint.lastLoss();
        failure = null;
    }

    private void publish(long sequence, byte[] entry) {
        try {
            appendOrSettle(sequence, entry);
        } catch (FileAlreadyExistsException e) {
            requireOwn(sequence, entry);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write " + place(sequence) + ": " + reason(e) + "; run again to resume", e);
        }
    }

    /**
     * Checks that the store keeps its promise never to replace an entry, by adding the last one again.
     *
     * @throws UsageException if the store took it
     */
    public void requireExclusiveAppend() {
        lock.lock();
        try {
            long sequence = nextSequence - 1;
            byte[] entry = store.read(sequence);
            store.append(sequence, entry);
            requireUndeleted(sequence, entry);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write to " + location() + ": " + reason(e) + "; run again to resume", e);
        } finally {
            lock.unlock();
        }
        throw new UsageException("an entry could be replaced in " + location()
                + ": it cannot hold checkpoints, choose another place with --checkpoints");
    }

    /** A store may have taken an entry before it failed; asking once more settles it, and makes the entry durable. */
    private void appendOrSettle(long sequence, byte[] entry) throws IOException {
        try {
            store.append(sequence, entry);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException unknown) {
            try {
                store.append(sequence, entry);
            } catch (IOException settled) {
                settled.addSuppressed(unknown);
                throw settled;
            }
        }
    }

    private void requireOwn(long sequence, byte[] entry) {
        byte[] existing;
        try {
            existing = store.read(sequence);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot tell who wrote " + place(sequence) + ": " + reason(e) + "; run again to resume", e);
        }
        if (!Arrays.equals(existing, entry)) {
            throw fencedBy(CheckpointReader.decode(existing, place(sequence)));
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
        return new FencedException("export " + exportId + ": another run was faster, checkpoint " + rival.sequence()
                + " was written by " + rival.origin() + " at " + rival.committedAt()
                + "; this run stops, nothing is lost");
    }

    /** An entry as messages name it. */
    public String place(long sequence) {
        return place(sequence, store);
    }

    public static String place(long sequence, CheckpointStore store) {
        return "checkpoint " + sequence + " in " + store.location();
    }

    public static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
