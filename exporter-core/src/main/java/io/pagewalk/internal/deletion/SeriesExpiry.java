package io.pagewalk.internal.deletion;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.GroupsFile;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.file.DeadLetterFiles;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.ExpiryRecord;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Expiry;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.Window;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes the oldest runs of a series. First it says so in a record that is created exclusively: whoever adds to such a run finds
 * that, and takes it back. Then it removes each run from its last entry to its first, the files that an entry lists before the entry; so
 * whatever is left is still listed, and the next expiry removes it. The record of an expiry before is removed last: the new one says
 * all that it said.
 *
 * <p>The last complete run stays: the next one continues it. Used by one thread.
 */
public final class SeriesExpiry {
    private final Storage output;
    private final CheckpointStores logs;
    private final RunLogs runs;
    private final Claim claim;

    /** @param claim as the export has published it */
    public SeriesExpiry(Storage output, CheckpointStores logs, RunLogs runs, Claim claim) {
        this.output = output;
        this.logs = logs;
        this.runs = runs;
        this.claim = claim;
    }

    /**
     * Finds the oldest runs; changes nothing.
     *
     * @param age how long runs are kept, after the end of their window, or without one after they were frozen
     */
    public Expiry olderThan(Duration age, Instant now) throws IOException {
        int expired = logs.expired();
        int lastComplete = lastComplete();
        RunLogs.Found chosen = null;
        for (int run = expired + 1; run < lastComplete; run++) {
            RunLogs.Found found = complete(run);
            if (!endOf(found.state().start()).plus(age).isBefore(now)) {
                break;
            }
            chosen = found;
        }
        return expiry(expired, chosen);
    }

    private static Instant endOf(Checkpoint.Start start) {
        Window window = start.options().window();
        return window == null ? start.frozenAt() : window.end();
    }

    /** Likewise, all but the last complete ones, so many. */
    public Expiry butLast(int kept) throws IOException {
        int expired = logs.expired();
        int last = lastComplete() - Math.max(1, kept);
        return expiry(expired, last > expired ? complete(last) : null);
    }

    /** @param last the last run of it, or null if none expires */
    private Expiry expiry(int expired, RunLogs.@Nullable Found last) throws IOException {
        int unfinished = 0;
        for (int run : logs.runs()) {
            if (run <= expired && logs.of(run).sequences().length > 0) {
                unfinished++;
            }
        }
        if (last == null) {
            return new Expiry(expired + 1, expired, 0, 0, unfinished);
        }
        Totals before = expired == 0 ? Totals.NONE : record(expired).totals();
        Totals after = last.state().seriesTotals();
        return new Expiry(
                expired + 1, last.number(), after.files() - before.files(), after.bytes() - before.bytes(), unfinished);
    }

    private int lastComplete() {
        return runs.last()
                .map(last -> last.state().isComplete() ? last.number() : last.number() - 1)
                .orElse(0);
    }

    private RunLogs.Found complete(int run) {
        return runs.at(run)
                .filter(found -> found.state().isComplete())
                .orElseThrow(() -> new UsageException(
                        "run " + run + " in " + logs.location() + " is missing, or not complete: verify tells more",
                        Advice.RESTORE_THE_LOG));
    }

    private static SortedMap<Integer, Long> ends(ExportState state) {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        state.start().extent().partitions().forEach((partition, range) -> ends.put(partition, range.end()));
        return ends;
    }

    private ExpiryRecord record(int run) throws IOException {
        return ExpiryRecord.decode(
                logs.readExpiry(run), "the record that run " + run + " in " + logs.location() + " has expired");
    }

    /**
     * Puts it on record, and removes what it covers; what is gone already is no error. One that was interrupted is finished by the
     * next.
     *
     * @throws UsageException if it would take the last complete run, or one that is not complete
     */
    public void expire(Expiry expiry) throws IOException {
        if (expiry.last() > logs.expired()) {
            putOnRecord(expiry.last());
        }
        int expired = logs.expired();
        for (int run : logs.runs()) {
            if (run <= expired) {
                remove(logs.of(run));
            }
        }
        GroupsFile.removeUpTo(output, claim.log(), expired);
        for (int run : logs.expiries()) {
            if (run < expired) {
                logs.removeExpiry(run);
            }
        }
    }

    private void putOnRecord(int run) throws IOException {
        if (run >= lastComplete()) {
            throw new UsageException("run " + run + " in " + logs.location() + " stays: the next run continues it");
        }
        RunLogs.Found last = complete(run);
        ExpiryRecord record = new ExpiryRecord(
                claim.exportId(), run, last.log().lastEntry(), last.state().seriesTotals(), ends(last.state()));
        try {
            logs.expire(run, record.encode());
        } catch (FileAlreadyExistsException e) {
            // Another expiry is at work, too.
        }
    }

    private void remove(CheckpointStore log) throws IOException {
        long[] sequences = log.sequences();
        if (sequences.length == 0) {
            return;
        }
        Checkpoint.Start start = start(log);
        if (start != null && !start.naming().directory().isEmpty()) {
            // First: it says that the files are all there.
            output.delete(OutputLayout.successMarker(start.naming().directory()));
        }
        for (int i = sequences.length - 1; i >= 0; i--) {
            try {
                for (DataFile file : entry(log, sequences[i]).body().files()) {
                    remove(file, start);
                }
            } catch (NoSuchFileException e) {
                // Another expiry is at work, too.
            }
            log.remove(sequences[i]);
        }
    }

    /** Entry 0 goes last, so it is there while anything is. */
    private Checkpoint.@Nullable Start start(CheckpointStore log) throws IOException {
        try {
            return entry(log, 0).body() instanceof Checkpoint.Start start ? start : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static Checkpoint entry(CheckpointStore log, long sequence) throws IOException {
        return LoggedEntry.read(log, sequence, CheckpointLog.place(sequence, log))
                .checkpoint();
    }

    private void remove(DataFile file, Checkpoint.@Nullable Start start) throws IOException {
        if (file.deadLetters() != null && start != null) {
            output.delete(new DeadLetterFiles(output, OutputLayout.deadLetters(claim.log()), start.naming(), () -> {})
                    .nameOf(file.slice()));
        }
        output.delete(file.name());
    }
}
