package io.pagewalk.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One export's log: chains and seals the entries, and decides who is fenced. Safe for
 * use by any number of threads.
 */
public final class CheckpointLog {
    private record Entry(Checkpoint checkpoint, String checksum) {}

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final CheckpointStore store;
    private final String exportId;
    private final Origin origin;
    private final Clock clock;
    private long nextSequence;
    private String lastChecksum = "";
    private String topic = "";
    private Totals totals = Totals.NONE;
    private long lastPage;
    private long lastLoss;
    /** Why nothing can be appended any more. */
    private @Nullable PagewalkException failure;

    public CheckpointLog(CheckpointStore store, String exportId, Origin origin, Clock clock) {
        this.store = store;
        this.exportId = exportId;
        this.origin = origin;
        this.clock = clock;
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

    private record Found(ExportState state, Entry last) {}

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
            Optional<Found> found = find();
            found.map(Found::last).ifPresent(this::goOnBehind);
            return found.map(Found::state);
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
            return find().map(Found::state);
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

    private Optional<Found> find() {
        try {
            OptionalLong lastSequence = store.lastSequence();
            if (lastSequence.isEmpty()) {
                return Optional.empty();
            }
            Entry first = read(0);
            long sequence = lastSequence.getAsLong();
            Entry before = sequence > 1 ? read(sequence - 1) : first;
            Entry last = sequence == 0 ? first : read(sequence);
            if (!(first.checkpoint.body() instanceof Checkpoint.Start start)
                    || (sequence > 0 && last.checkpoint.body() instanceof Checkpoint.Start)) {
                throw new UsageException(location() + " is damaged: entry 0 of a log starts the export, and no other");
            }
            if (sequence > 0) {
                requireContinued(first, before, last);
            }
            Checkpoint.PageCommit lastPage = lastPage(last.checkpoint);
            requireOfExtent(start.extent(), start.next(), 0);
            if (lastPage != null) {
                requireOfExtent(start.extent(), lastPage.next(), sequence);
            }
            ExportState state = new ExportState(
                    start, last.checkpoint, lastPage, losses(last.checkpoint).list());
            return Optional.of(new Found(state, last));
        } catch (NoSuchFileException e) {
            throw new UsageException(location() + " is damaged: an entry is missing (" + reason(e) + ")", e);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read the checkpoints in " + location() + ": " + reason(e) + "; mend that and run again", e);
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
    Optional<ExportState> takeOver(Optional<ExportState> known) {
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
    void requireRoom(Checkpoint.Start start, PageToken next) {
        long bytes = EntryBound.of(start, next, origin);
        try {
            store.requireRoom(bytes);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot use " + location() + " for checkpoints: " + reason(e) + "; mend that and run again", e);
        }
    }

    private void requireOfExtent(Extent extent, PageToken next, long sequence) {
        boolean same = next.topic().equals(extent.topic())
                && next.topicId().equals(extent.topicId())
                && next.clusterId().equals(extent.clusterId())
                && next.isolationLevel() == extent.isolationLevel();
        if (!same) {
            throw new UsageException(place(sequence) + " is damaged: its page token is not of the export's topic");
        }
    }

    private void requireContinued(Entry first, Entry before, Entry last) {
        long sequence = last.checkpoint.sequence();
        String lastTopic = last.checkpoint.topic();
        if (!lastTopic.equals(first.checkpoint.topic())) {
            throw new UsageException(
                    place(sequence) + " is of topic " + lastTopic + ", but the log is of " + first.checkpoint.topic());
        }
        if (!last.checkpoint.previous().equals(before.checksum)) {
            throw new UsageException(
                    place(sequence) + " is damaged: it does not continue the entry before it, which has changed since");
        }
    }

    private Checkpoint.@Nullable PageCommit lastPage(Checkpoint last) throws IOException {
        if (last.body() instanceof Checkpoint.PageCommit page) {
            return page;
        }
        if (last.lastPage() == 0) {
            return null;
        }
        if (readLinked(last.lastPage(), last.sequence()).body() instanceof Checkpoint.PageCommit page) {
            return page;
        }
        throw new UsageException(place(last.lastPage()) + " is damaged: it does not commit a page, as "
                + place(last.sequence()) + " says it does");
    }

    /** Collected along their links, so that a long log need not be read as a whole. */
    private LostRanges losses(Checkpoint last) throws IOException {
        LostRanges losses = new LostRanges();
        if (last.body() instanceof Checkpoint.Loss loss) {
            loss.ranges().forEach(losses::add);
        }
        for (Checkpoint at = last; at.lastLoss() != 0; ) {
            at = readLinked(at.lastLoss(), at.sequence());
            if (!(at.body() instanceof Checkpoint.Loss loss)) {
                throw new UsageException(
                        place(at.sequence()) + " is damaged: it records no loss, as an entry behind it says it does");
            }
            loss.ranges().forEach(losses::add);
        }
        long lost = last.body().totals().lost();
        if (losses.size() != lost) {
            throw new UsageException(place(last.sequence()) + " is damaged: it counts " + lost
                    + " offsets as lost, but " + losses.size() + " are on record");
        }
        return losses;
    }

    private Checkpoint readLinked(long sequence, long from) throws IOException {
        if (sequence < 0 || sequence >= from) {
            throw new UsageException(place(from) + " is damaged: it refers to entry " + sequence + " as one before it");
        }
        return read(sequence).checkpoint;
    }

    private Entry read(long sequence) throws IOException {
        byte[] bytes = store.read(sequence);
        Checkpoint checkpoint = CheckpointReader.decode(bytes, place(sequence));
        if (checkpoint.sequence() != sequence) {
            throw new UsageException(place(sequence) + " is damaged: it says it is entry " + checkpoint.sequence());
        }
        if (!checkpoint.exportId().equals(exportId)) {
            throw new UsageException(
                    place(sequence) + " belongs to export " + checkpoint.exportId() + ", not to export " + exportId);
        }
        return new Entry(checkpoint, CheckpointReader.checksumOf(bytes));
    }

    /**
     * Adds an entry behind the last one. When this returns, what it says is true.
     *
     * @throws FencedException if another run has added that entry
     * @throws ExportFailedException if the store failed; the entry may be there all the same, so nothing more is appended
     */
    public Checkpoint append(Checkpoint.Body body) {
        return append(totals -> body);
    }

    /** As {@link #append(Checkpoint.Body)}, of a body made from the totals that hold until then. */
    Checkpoint append(Function<Totals, Checkpoint.Body> making) {
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
        } catch (PagewalkException e) {
            failure = e;
            throw e;
        }
        goOnBehind(new Entry(checkpoint, CheckpointReader.checksumOf(entry)));
        return checkpoint;
    }

    /** What is committed and what is lost, by the last entry that was read or appended. */
    Totals totals() {
        lock.lock();
        try {
            return totals;
        } finally {
            lock.unlock();
        }
    }

    private void goOnBehind(Entry last) {
        Checkpoint checkpoint = last.checkpoint;
        nextSequence = checkpoint.sequence() + 1;
        lastChecksum = last.checksum;
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
    void requireExclusiveAppend() {
        lock.lock();
        long sequence = nextSequence - 1;
        try {
            store.append(sequence, store.read(sequence));
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
     * The failure of a run that was fenced, with the rival's name if the log has it by now.
     *
     * @param fenced the failure as it is known
     */
    public FencedException named(FencedException fenced) {
        try {
            Optional<ExportState> state = look();
            if (state.isPresent() && !state.get().last().origin().run().equals(origin.run())) {
                FencedException named = fencedBy(state.get().last());
                named.addSuppressed(fenced);
                return named;
            }
        } catch (PagewalkException e) {
            fenced.addSuppressed(e);
        }
        return fenced;
    }

    /** The failure of a run that finds an entry of another one where its own should go. */
    FencedException fencedBy(Checkpoint rival) {
        return new FencedException("export " + exportId + ": another run was faster, checkpoint " + rival.sequence()
                + " was written by " + rival.origin() + " at " + rival.committedAt()
                + "; this run stops, nothing is lost");
    }

    /** An entry as messages name it. */
    String place(long sequence) {
        return "checkpoint " + sequence + " in " + location();
    }

    static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
