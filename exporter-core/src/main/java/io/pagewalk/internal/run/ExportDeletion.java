package io.pagewalk.internal.run;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.DeletedGenerations;
import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogPosition;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Totals;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.FileNaming;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Removes an export: the files its log lists, those of its pages under way, its log and its claim. First it says so for good in
 * a {@link DeletionRecord}: whoever is alive unseen finds that, and the next export gets another generation, so whatever
 * either of the two still does harms nobody. Then it removes what carries its own generation, or one before, and nothing else.
 *
 * <p>The order makes every state in between one that no run goes on with, that is never taken for complete or for a fresh
 * output, and that a second deletion finishes:
 *
 * <ol>
 *   <li>the record: from here on no run goes on, and none begins while the claim is there;
 *   <li>files that are not committed;
 *   <li>entry 0: from here on the log is broken, too;
 *   <li>entry by entry, the files it lists and then itself: what is left is still listed;
 *   <li>once more files that are not committed: a run may have published them meanwhile;
 *   <li>the dead letters;
 *   <li>the claim: whoever finds a file until then finds to whom it belongs.
 * </ol>
 *
 * <p>Used by one thread. That no run of the export is alive, as far as that can be known, is the caller's to see to.
 */
public final class ExportDeletion {
    /** So many names are held at a time. */
    private static final int BATCH = 10_000;

    private final Storage output;
    private final CheckpointStore log;
    private final Claim claim;
    private final String topic;

    /**
     * @param claim as the export has published it
     * @param topic the topic that the export has claimed
     */
    public ExportDeletion(Storage output, CheckpointStore log, Claim claim, String topic) {
        this.output = output;
        this.log = log;
        this.claim = claim;
        this.topic = topic;
    }

    /**
     * What there is to delete.
     *
     * @param checkpoints entries of the log
     * @param files files that they list
     * @param uncommitted names of files that are there and that no entry lists yet
     * @param totals what is committed
     * @param last the last entry, or null if the log has none
     * @param record what will be on record of it
     */
    public record Contents(
            long checkpoints,
            long files,
            List<String> uncommitted,
            Totals totals,
            @Nullable Checkpoint last,
            DeletionRecord record) {
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
            if (!Claim.read(output, topic, claim.generation()).equals(claim)) {
                throw new UsageException("the files of topic " + topic + " in " + output.location()
                        + " do not belong to export " + claim.exportId() + " by their claim");
            }
            return read(log.sequences());
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "export " + claim.exportId() + " in " + output.location() + " was deleted meanwhile", e);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read export " + claim.exportId() + ": " + CheckpointLog.reason(e), e);
        }
    }

    private Contents read(long[] sequences) throws IOException {
        long[] files = {0};
        LogPosition position = new LogPosition(file -> files[0]++);
        String begun = null;
        Checkpoint last = null;
        for (int i = 0; i < sequences.length; i++) {
            // An interrupted deletion has removed the first ones.
            if (sequences[i] != sequences[0] + i) {
                throw damaged(place(sequences[0] + i) + " is missing");
            }
            LoggedEntry entry = entry(sequences[i]);
            last = entry.checkpoint();
            last.body().accept(position);
            if (last.sequence() == 0) {
                begun = entry.checksum();
            }
        }
        Checkpoint.Start start = position.started();
        PageToken next = position.next();
        List<String> uncommitted = start == null || next == null ? List.of() : present(next, start.naming());
        DeletionRecord record = new DeletionRecord(
                claim.generation(),
                claim.exportId(),
                start == null ? null : start.naming().digest(),
                begun,
                start == null ? null : next);
        return new Contents(
                sequences.length,
                files[0],
                uncommitted,
                last == null ? Totals.NONE : last.body().totals(),
                last,
                record);
    }

    private LoggedEntry entry(long sequence) throws IOException {
        LoggedEntry entry;
        try {
            entry = LoggedEntry.read(log, sequence, place(sequence));
        } catch (UsageException e) {
            throw damaged(e.getMessage());
        }
        Checkpoint checkpoint = entry.checkpoint();
        if (checkpoint.sequence() != sequence
                || !checkpoint.exportId().equals(claim.exportId())
                || !checkpoint.topic().equals(topic)) {
            throw damaged(place(sequence) + " is not an entry of export " + claim.exportId() + " of topic " + topic);
        }
        return entry;
    }

    private static UsageException damaged(@Nullable String what) {
        return new UsageException(
                what + "; the log does not tell all that belongs to the export", Advice.DELETE_WITHOUT_LOG);
    }

    private List<String> present(PageToken next, FileNaming naming) throws IOException {
        List<Slice> slices = Uncommitted.slices(next);
        if (slices.isEmpty()) {
            return List.of();
        }
        Set<String> planned = new HashSet<>();
        slices.forEach(slice -> planned.add(naming.nameOf(slice)));
        List<String> present = new ArrayList<>();
        output.names("", name -> {
            if (planned.contains(name)) {
                present.add(name);
            }
        });
        present.sort(String::compareTo);
        return present;
    }

    /**
     * Deletes all of it; what is gone already is no error.
     *
     * @param contents from {@link #contents()}, a moment ago
     * @throws ExportFailedException if something cannot be deleted; deleting again goes on
     */
    public void delete(Contents contents) {
        try {
            contents.record().publish(output, topic);
            deleteAll(contents.uncommitted());
            // A run that is alive unseen may add entries until it finds the record.
            for (long[] left = log.sequences(); left.length > 0; left = log.sequences()) {
                deleteEntries(left);
            }
            deleteAll(namesThatOnlyLateRunsLeave());
            deleteDeadLetters();
            deleteClaims();
        } catch (NoSuchFileException e) {
            throw new ExportFailedException(
                    "export " + claim.exportId() + " is being deleted by someone else, too: " + CheckpointLog.reason(e),
                    e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ExportFailedException failed(IOException e) {
        return new ExportFailedException(
                "cannot delete export " + claim.exportId() + ": " + CheckpointLog.reason(e)
                        + "; delete it again to go on",
                e);
    }

    /** By the record as it was published first: a deletion that was interrupted has taken entry 0 away. */
    private List<String> namesThatOnlyLateRunsLeave() throws IOException {
        DeletedGenerations deleted = DeletedGenerations.of(output, topic);
        List<String> names = new ArrayList<>();
        output.names("", name -> {
            if (carriesGeneration(name)
                    && DataFileName.parse(name).filter(deleted::showUncommitted).isPresent()) {
                names.add(name);
            }
        });
        return names;
    }

    /** Entry 0 comes first, and lists nothing. */
    private void deleteEntries(long[] sequences) throws IOException {
        for (long sequence : sequences) {
            if (entry(sequence).checkpoint().body() instanceof Checkpoint.PageCommit page) {
                for (DataFile file : page.files()) {
                    output.delete(file.name());
                }
            }
            log.remove(sequence);
        }
    }

    private void deleteAll(List<String> names) throws IOException {
        for (String name : names) {
            output.delete(name);
        }
    }

    /** All that are there: their folder is of this export and generation alone. */
    private void deleteDeadLetters() throws IOException {
        for (Storage.StoredFile file : output.list(OutputLayout.deadLetters(claim.log()))) {
            output.delete(file.name());
        }
    }

    private void deleteClaims() throws IOException {
        for (int generation : Claims.of(output, topic).claimedUpTo(claim.generation())) {
            output.delete(OutputLayout.claim(topic, generation));
        }
    }

    /**
     * How many of the topic's data files carry the generation, or one before, in their names.
     *
     * @throws ExportFailedException if the output cannot be listed
     */
    public long filesByName() {
        AtomicLong count = new AtomicLong();
        try {
            output.names("", name -> {
                if (carriesGeneration(name)) {
                    count.incrementAndGet();
                }
            });
        } catch (IOException e) {
            throw new ExportFailedException("cannot list " + output.location() + ": " + CheckpointLog.reason(e), e);
        }
        return count.get();
    }

    private boolean carriesGeneration(String name) {
        return DataFileName.parse(name)
                .filter(file -> file.isOfTopic(topic) && file.generation() <= claim.generation())
                .isPresent();
    }

    private List<String> someFilesByName() throws IOException {
        List<String> names = new ArrayList<>();
        output.names("", name -> {
            if (names.size() < BATCH && carriesGeneration(name)) {
                names.add(name);
            }
        });
        return names;
    }

    /**
     * Deletes an export whose log is lost or damaged: by the names of its files, whatever the log says.
     *
     * @param removeLog whether to remove the entries of the log, too, as far as there are any
     * @throws ExportFailedException if something cannot be deleted; deleting again goes on
     */
    public void deleteWithoutLog(boolean removeLog) {
        try {
            new DeletionRecord(claim.generation(), claim.exportId(), null, null, null).publish(output, topic);
            for (List<String> names = someFilesByName(); !names.isEmpty(); names = someFilesByName()) {
                deleteAll(names);
            }
            for (long[] left = removeLog ? log.sequences() : new long[0]; left.length > 0; left = log.sequences()) {
                for (long sequence : left) {
                    log.remove(sequence);
                }
            }
            deleteDeadLetters();
            deleteClaims();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private String place(long sequence) {
        return "checkpoint " + sequence + " in " + log.location();
    }
}
