package io.pagewalk.internal.deletion;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.DeletedGenerations;
import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.internal.claim.FollowRecords;
import io.pagewalk.internal.claim.GroupsFile;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.file.DataFiles;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.WindowDirectories;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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
    private final CheckpointStores logs;
    private final Claim claim;
    private final String topic;
    private final ContentsReader reader;

    /**
     * @param claim as the export has published it
     * @param topic the topic that the export has claimed
     */
    public ExportDeletion(Storage output, CheckpointStores logs, Claim claim, String topic) {
        this.output = output;
        this.logs = logs;
        this.claim = claim;
        this.topic = topic;
        this.reader = new ContentsReader(output, logs, claim, topic);
    }

    /**
     * Reads the logs from end to end; changes nothing.
     *
     * @throws UsageException if the claim is of another export, or the log does not tell all that belongs to the export
     */
    public Contents contents() {
        try {
            if (!Claim.read(output, topic, claim.generation()).equals(claim)) {
                throw new UsageException(
                        "the files of topic " + topic + " in " + output.location() + " do not belong to export "
                                + claim.exportId() + " by their claim",
                        Advice.NAME_THE_EXPORT);
            }
            return reader.read();
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "export " + claim.exportId() + " in " + output.location()
                            + " was deleted by someone else; nothing is left to do",
                    e);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read export " + claim.exportId() + ": " + Reasons.describe(e) + "; fix that and run again",
                    e);
        }
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
            while (deleteEntries()) {}
            deleteExpiries();
            deleteAll(namesThatOnlyLateRunsLeave());
            deleteFolder(OutputLayout.deadLetters(claim.log()));
            deleteFolder(OutputLayout.schemas(claim.log()));
            GroupsFile.removeUpTo(output, claim.log(), Integer.MAX_VALUE);
            FollowRecords.removeAll(output, claim.log());
            deleteClaims();
        } catch (NoSuchFileException e) {
            throw new ExportFailedException(
                    "export " + claim.exportId() + " is being deleted by someone else, too: " + Reasons.describe(e)
                            + "; delete it again to finish that",
                    e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ExportFailedException failed(IOException e) {
        return new ExportFailedException(
                "cannot delete export " + claim.exportId() + ": " + Reasons.describe(e) + "; delete it again to go on",
                e);
    }

    /** By the record as it was published first: a deletion that was interrupted has taken entry 0 away. */
    private List<String> namesThatOnlyLateRunsLeave() throws IOException {
        DeletedGenerations deleted = DeletedGenerations.of(output, topic);
        List<String> names = new ArrayList<>();
        DataFiles.all(output, (path, file) -> {
            if (carriesGeneration(file) && deleted.showUncommitted(file)) {
                names.add(path);
            }
        });
        return names;
    }

    /** Of each run, entry 0 comes first, and lists nothing. True if there was any entry. */
    private boolean deleteEntries() throws IOException {
        boolean found = false;
        for (int run : logs.runs()) {
            CheckpointStore log = logs.of(run);
            for (long sequence : log.sequences()) {
                Checkpoint.Body body = reader.entry(log, sequence).checkpoint().body();
                if (body instanceof Checkpoint.Start start) {
                    deleteMarker(start.naming().directory());
                }
                for (DataFile file : body.files()) {
                    output.delete(file.name());
                }
                log.remove(sequence);
                found = true;
            }
        }
        return found;
    }

    /** Before the files that it speaks of. */
    private void deleteMarker(String directory) throws IOException {
        if (!directory.isEmpty()) {
            output.delete(OutputLayout.successMarker(directory));
        }
    }

    private void deleteAll(List<String> names) throws IOException {
        for (String name : names) {
            output.delete(name);
        }
    }

    /** All that is there: the folder is of this export and generation alone. */
    private void deleteFolder(String folder) throws IOException {
        for (Storage.StoredFile file : output.list(folder)) {
            output.delete(file.name());
        }
    }

    private void deleteClaims() throws IOException {
        for (int generation : Claims.of(output, topic).claimedUpTo(claim.generation())) {
            output.delete(OutputLayout.claim(topic, generation));
        }
    }

    /**
     * Looks for what this program knows of in the log, as far as it can be read: what a newer one has written may belong to files
     * that have other names.
     *
     * @throws NewerVersionException if an entry is newer than this program
     * @throws ExportFailedException if the log cannot be listed
     */
    public void requireNothingNewer() {
        try {
            for (int run : logs.runs()) {
                CheckpointStore log = logs.of(run);
                for (long sequence : log.sequences()) {
                    reader.requireNotNewer(log, sequence);
                }
            }
        } catch (IOException e) {
            throw new ExportFailedException("cannot read export " + claim.exportId() + ": " + Reasons.describe(e), e);
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
            DataFiles.all(output, (path, file) -> {
                if (carriesGeneration(file)) {
                    count.incrementAndGet();
                }
            });
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot list " + output.location() + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
        return count.get();
    }

    private void deleteExpiries() throws IOException {
        for (int run : logs.expiries()) {
            logs.removeExpiry(run);
        }
    }

    /** Whatever they say. True if there was any. */
    private boolean removeEntries() throws IOException {
        boolean found = false;
        for (int run : logs.runs()) {
            CheckpointStore log = logs.of(run);
            for (long sequence : log.sequences()) {
                log.remove(sequence);
                found = true;
            }
        }
        return found;
    }

    private boolean carriesGeneration(DataFileName file) {
        return file.isOfTopic(topic) && file.generation() <= claim.generation();
    }

    private List<String> someFilesByName() throws IOException {
        List<String> names = new ArrayList<>();
        DataFiles.all(output, (path, file) -> {
            if (names.size() < BATCH && carriesGeneration(file)) {
                names.add(path);
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
                for (String directory :
                        names.stream().map(WindowDirectories::of).distinct().toList()) {
                    deleteMarker(directory);
                }
                deleteAll(names);
            }
            while (removeLog && removeEntries()) {}
            if (removeLog) {
                deleteExpiries();
            }
            deleteFolder(OutputLayout.deadLetters(claim.log()));
            deleteFolder(OutputLayout.schemas(claim.log()));
            GroupsFile.removeUpTo(output, claim.log(), Integer.MAX_VALUE);
            FollowRecords.removeAll(output, claim.log());
            deleteClaims();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
