package io.pagewalk.internal.log;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds entries to a store so that one either counts or does not: settles what a store leaves open, tells a run's own entry from
 * another run's, and takes an entry back that a deleted export got.
 */
final class EntryPublisher {
    private final CheckpointStore store;
    private final String exportId;
    private final @Nullable LogFence fence;

    /** @param fence asked after each append whether the export was deleted */
    EntryPublisher(CheckpointStore store, String exportId, @Nullable LogFence fence) {
        this.store = store;
        this.exportId = exportId;
        this.fence = fence;
    }

    /**
     * Adds an entry. When this returns it is there, durable, and the export was not deleted.
     *
     * @throws FencedException if there is another run's entry of that number
     * @throws UsageException if the export was deleted; the entry is taken back then
     * @throws ExportFailedException if the store failed; the entry may be there all the same
     */
    void publish(long sequence, byte[] entry) {
        try {
            appendOrSettle(sequence, entry);
        } catch (FileAlreadyExistsException e) {
            requireOwn(sequence, entry);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write " + place(sequence) + ": " + Reasons.describe(e) + "; run again to resume", e);
        }
        requireUndeleted(sequence, entry);
    }

    /**
     * Checks that the store keeps its promise never to replace an entry, by adding one again.
     *
     * @param sequence of the last entry
     * @throws UsageException if the store took it
     */
    void requireExclusive(long sequence) {
        try {
            byte[] entry = store.read(sequence);
            store.append(sequence, entry);
            requireUndeleted(sequence, entry);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write to " + store.location() + ": " + Reasons.describe(e) + "; run again to resume", e);
        }
        throw new UsageException(
                "an entry could be replaced in " + store.location() + ": it cannot hold checkpoints",
                Advice.MOVE_THE_LOG);
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
                    "cannot tell who wrote " + place(sequence) + ": " + Reasons.describe(e) + "; run again to resume",
                    e);
        }
        if (!Arrays.equals(existing, entry)) {
            throw fencedBy(CheckpointReader.decode(existing, place(sequence)));
        }
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
                    place(sequence) + " is written, but nobody can tell whether the export was deleted: "
                            + Reasons.describe(e) + "; run again to resume",
                    e);
        }
        PagewalkException deleted = fence.deleted();
        try {
            if (Arrays.equals(store.read(sequence), entry)) {
                store.remove(sequence);
            }
        } catch (IOException | PagewalkException e) {
            deleted.addSuppressed(e);
        }
        throw deleted;
    }

    /** The failure of a run that finds an entry of another one where its own should go. */
    FencedException fencedBy(Checkpoint rival) {
        return new FencedException("export " + exportId + ": another run was faster, checkpoint " + rival.sequence()
                + " was written by " + rival.origin() + " at " + rival.committedAt()
                + "; this run stops, nothing is lost");
    }

    private String place(long sequence) {
        return CheckpointLog.place(sequence, store);
    }
}
