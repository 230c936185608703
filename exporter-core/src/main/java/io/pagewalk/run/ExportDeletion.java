package io.pagewalk.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.file.DataFileNames;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes an export: the files its log lists, those of its pages under way, its log and its claim. The order makes every
 * state in between one that no run goes on with, that is never taken for complete or for a fresh output, and that a second
 * deletion finishes:
 *
 * <ol>
 *   <li>files that are not committed: the export is as if their slices had not been read yet;
 *   <li>entry 0: from here on the log is broken, which every run and every status refuses;
 *   <li>entry by entry, the files it lists and then itself: what is left is still listed;
 *   <li>the claim: whoever finds a file until then finds to whom it belongs.
 * </ol>
 *
 * <p>Used by one thread. That no run of the export is alive is the caller's to see to.
 */
public final class ExportDeletion {
    private final Storage output;
    private final CheckpointStore log;
    private final Claim claim;
    private final String topic;
    private final Function<PinnedOptions, String> extension;

    /**
     * @param claim as the export has published it
     * @param topic the topic that the export has claimed
     * @param extension how the names of data files end, by what an export has pinned
     */
    public ExportDeletion(
            Storage output, CheckpointStore log, Claim claim, String topic, Function<PinnedOptions, String> extension) {
        this.output = output;
        this.log = log;
        this.claim = claim;
        this.topic = topic;
        this.extension = extension;
    }

    /**
     * What there is to delete.
     *
     * @param checkpoints entries of the log
     * @param files files that they list
     * @param uncommitted names of files that are there and that no entry lists yet
     * @param totals what is committed
     * @param last the last entry, or null if the log has none
     */
    public record Contents(
            long checkpoints,
            long files,
            List<String> uncommitted,
            Totals totals,
            @Nullable Checkpoint last) {
        public Contents {
            uncommitted = List.copyOf(uncommitted);
        }
    }

    /**
     * Reads the log from end to end; changes nothing.
     *
     * @throws UsageException if the claim is of another export, or the log does not tell all that belongs to the export
     */
    public Contents contents() {
        try {
            if (!Claim.find(output, topic).equals(Optional.of(claim))) {
                throw new UsageException("the files of topic " + topic + " in " + output.location()
                        + " do not belong to export " + claim.exportId() + " by their claim");
            }
            return read(log.sequences());
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read export " + claim.exportId() + ": " + CheckpointLog.reason(e), e);
        }
    }

    private Contents read(long[] sequences) throws IOException {
        long files = 0;
        PageToken next = null;
        Checkpoint.Start start = null;
        Checkpoint last = null;
        for (int i = 0; i < sequences.length; i++) {
            // An interrupted deletion has removed the first ones.
            if (sequences[i] != sequences[0] + i) {
                throw new UsageException(place(sequences[0] + i)
                        + " is missing: the log does not tell all that belongs to the export; remove it by hand");
            }
            last = entry(sequences[i]);
            if (last.body() instanceof Checkpoint.Start first) {
                start = first;
                next = first.next();
            } else if (last.body() instanceof Checkpoint.PageCommit page) {
                files += page.files().size();
                next = page.next();
            }
        }
        List<String> uncommitted = start == null || next == null || next.isExhausted()
                ? List.of()
                : present(Uncommitted.slices(next), extension.apply(start.options()));
        return new Contents(
                sequences.length,
                files,
                uncommitted,
                last == null ? Totals.NONE : last.body().totals(),
                last);
    }

    private Checkpoint entry(long sequence) throws IOException {
        Checkpoint checkpoint = LoggedEntry.read(log, sequence, place(sequence)).checkpoint();
        if (checkpoint.sequence() != sequence
                || !checkpoint.exportId().equals(claim.exportId())
                || !checkpoint.topic().equals(topic)) {
            throw new UsageException(place(sequence) + " is not an entry of export " + claim.exportId() + " of topic "
                    + topic + "; remove the export by hand");
        }
        return checkpoint;
    }

    private List<String> present(List<Slice> slices, String ending) throws IOException {
        Set<String> there = new HashSet<>();
        output.list("").forEach(file -> there.add(file.name()));
        List<String> names = new ArrayList<>();
        for (Slice slice : slices) {
            String name = DataFileNames.nameOf(slice, ending);
            if (there.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Deletes all of it; what is gone already is no error.
     *
     * @param contents from {@link #contents()}, a moment ago
     * @throws ExportFailedException if something cannot be deleted; deleting again goes on
     */
    public void delete(Contents contents) {
        try {
            for (String name : contents.uncommitted()) {
                output.delete(name);
            }
            // A run that is alive unseen may add entries until entry 0 is gone.
            for (long[] left = log.sequences(); left.length > 0; left = log.sequences()) {
                deleteEntries(left);
            }
            output.delete(Claim.name(topic));
        } catch (NoSuchFileException e) {
            throw new ExportFailedException(
                    "export " + claim.exportId() + " is being deleted by someone else, too: " + CheckpointLog.reason(e),
                    e);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot delete export " + claim.exportId() + ": " + CheckpointLog.reason(e)
                            + "; delete it again to go on",
                    e);
        }
    }

    /** Entry 0 comes first, and lists nothing. */
    private void deleteEntries(long[] sequences) throws IOException {
        for (long sequence : sequences) {
            if (entry(sequence).body() instanceof Checkpoint.PageCommit page) {
                for (DataFile file : page.files()) {
                    output.delete(file.name());
                }
            }
            log.remove(sequence);
        }
    }

    private String place(long sequence) {
        return "checkpoint " + sequence + " in " + log.location();
    }
}
