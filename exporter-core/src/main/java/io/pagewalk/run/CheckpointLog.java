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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One export's log: chains and seals the entries, and decides who is fenced. Used by one thread.
 */
public final class CheckpointLog {
    private final CheckpointStore store;
    private final String exportId;
    private final Origin origin;
    private final Clock clock;
    private long nextSequence;
    private String lastChecksum = "";
    private String topic = "";

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

    /**
     * Where the export stands, or empty if its log has no entry. Later appends go behind what was found here.
     *
     * @throws UsageException if an entry is missing, damaged, or of another export
     * @throws ExportFailedException if the log cannot be read
     */
    public Optional<ExportState> load() {
        try {
            OptionalLong lastSequence = store.lastSequence();
            if (lastSequence.isEmpty()) {
                return Optional.empty();
            }
            Checkpoint first = read(0);
            long sequence = lastSequence.getAsLong();
            Checkpoint beforeLast = sequence > 1 ? read(sequence - 1) : first;
            String before = sequence == 0 ? "" : lastChecksum;
            Checkpoint last = sequence == 0 ? first : read(sequence);
            if (!(first.body() instanceof Checkpoint.Start start)
                    || (last.sequence() > 0 && last.body() instanceof Checkpoint.Start)) {
                throw new UsageException(location() + " is damaged: entry 0 of a log starts the export, and no other");
            }
            if (!last.topic().equals(first.topic())) {
                throw new UsageException(
                        place(sequence) + " is of topic " + last.topic() + ", but the log is of " + first.topic());
            }
            if (!last.previous().equals(before)) {
                throw new UsageException(place(sequence)
                        + " is damaged: it does not continue the entry before it, which has changed since");
            }
            topic = first.topic();
            requireOfExtent(start.extent(), start.next(), 0);
            Checkpoint.Body pageOrNone = last.body() instanceof Checkpoint.Complete ? beforeLast.body() : last.body();
            Checkpoint.PageCommit lastPage = pageOrNone instanceof Checkpoint.PageCommit page ? page : null;
            if (lastPage != null) {
                requireOfExtent(start.extent(), lastPage.next(), sequence);
            }
            return Optional.of(new ExportState(start, last, lastPage));
        } catch (NoSuchFileException e) {
            throw new UsageException(location() + " is damaged: an entry is missing (" + reason(e) + ")", e);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read the checkpoints in " + location() + ": " + reason(e) + "; mend that and run again", e);
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

    private Checkpoint read(long sequence) throws IOException {
        byte[] entry = store.read(sequence);
        Checkpoint checkpoint = CheckpointReader.decode(entry, place(sequence));
        if (checkpoint.sequence() != sequence) {
            throw new UsageException(place(sequence) + " is damaged: it says it is entry " + checkpoint.sequence());
        }
        if (!checkpoint.exportId().equals(exportId)) {
            throw new UsageException(
                    place(sequence) + " belongs to export " + checkpoint.exportId() + ", not to export " + exportId);
        }
        nextSequence = sequence + 1;
        lastChecksum = CheckpointReader.checksumOf(entry);
        return checkpoint;
    }

    /**
     * Adds an entry behind the last one. When this returns, what it says is true.
     *
     * @throws FencedException if another run has added that entry
     * @throws ExportFailedException if the store failed; the entry may be there all the same
     */
    public Checkpoint append(Checkpoint.Body body) {
        long sequence = nextSequence;
        if (body instanceof Checkpoint.Start start) {
            topic = start.extent().topic();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Checkpoint checkpoint = new Checkpoint(sequence, exportId, topic, origin, now, lastChecksum, body);
        byte[] entry = CheckpointCodec.encode(checkpoint);
        try {
            appendOrSettle(sequence, entry);
        } catch (FileAlreadyExistsException e) {
            requireOwn(sequence);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write " + place(sequence) + ": " + reason(e) + "; run again to resume", e);
        }
        nextSequence = sequence + 1;
        lastChecksum = CheckpointReader.checksumOf(entry);
        return checkpoint;
    }

    /**
     * Checks that the store keeps its promise never to replace an entry, by adding the last one again.
     *
     * @throws UsageException if the store took it
     */
    void requireExclusiveAppend() {
        long sequence = nextSequence - 1;
        try {
            store.append(sequence, store.read(sequence));
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write to " + location() + ": " + reason(e) + "; run again to resume", e);
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

    private void requireOwn(long sequence) {
        Checkpoint existing;
        try {
            existing = CheckpointReader.decode(store.read(sequence), place(sequence));
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot tell who wrote " + place(sequence) + ": " + reason(e) + "; run again to resume", e);
        }
        if (!existing.origin().run().equals(origin.run())) {
            throw fencedBy(existing);
        }
    }

    /**
     * The failure of a run that was fenced, with the rival's name if the log has it by now.
     *
     * @param fenced the failure as it is known
     */
    public FencedException named(FencedException fenced) {
        try {
            Optional<ExportState> state = load();
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
