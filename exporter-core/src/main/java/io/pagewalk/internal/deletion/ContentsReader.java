package io.pagewalk.internal.deletion;

import io.pagewalk.error.Advice;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.internal.file.DataFiles;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogPosition;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.run.Uncommitted;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Totals;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from an export's logs what its deletion has to remove; changes nothing. */
final class ContentsReader {
    private final Storage output;
    private final CheckpointStores logs;
    private final Claim claim;
    private final String topic;

    ContentsReader(Storage output, CheckpointStores logs, Claim claim, String topic) {
        this.output = output;
        this.logs = logs;
        this.claim = claim;
        this.topic = topic;
    }

    /** Of all runs. */
    private static final class Sum {
        private long checkpoints;
        private long files;
        private @Nullable Checkpoint last;
        private Totals totals = Totals.NONE;
        /** Of the last run alone: only that one may have files that are not committed. */
        private Checkpoint.@Nullable Start start;

        private @Nullable PageToken next;
        private @Nullable String begun;
    }

    /** @throws UsageException if the logs do not tell all that belongs to the export */
    Contents read() throws IOException {
        Sum sum = new Sum();
        for (int run : logs.runs()) {
            read(logs.of(run), sum);
        }
        Checkpoint.Start start = sum.start;
        PageToken next = sum.next;
        List<String> uncommitted = start == null || next == null ? List.of() : present(next, start.naming());
        DeletionRecord record = new DeletionRecord(
                claim.generation(),
                claim.exportId(),
                start == null ? null : start.naming().digest(),
                sum.begun,
                start == null ? null : next);
        return new Contents(sum.checkpoints, sum.files, uncommitted, sum.totals, sum.last, record);
    }

    private void read(CheckpointStore log, Sum sum) throws IOException {
        long[] sequences = log.sequences();
        if (sequences.length == 0) {
            return;
        }
        LogPosition position = new LogPosition(file -> sum.files++);
        sum.begun = null;
        Checkpoint last = null;
        for (int i = 0; i < sequences.length; i++) {
            // An interrupted deletion has removed the first ones.
            if (sequences[i] != sequences[0] + i) {
                throw damaged(CheckpointLog.place(sequences[0] + i, log) + " is missing");
            }
            LoggedEntry entry = entry(log, sequences[i]);
            last = entry.checkpoint();
            entry.checkpoint().body().accept(position);
            if (entry.checkpoint().sequence() == 0) {
                sum.begun = entry.checksum();
            }
        }
        sum.checkpoints += sequences.length;
        sum.last = last;
        sum.totals = sum.totals.plus(Objects.requireNonNull(last).body().totals());
        sum.start = position.started();
        sum.next = position.next();
    }

    /** @throws UsageException if it cannot be read, or is of another export */
    LoggedEntry entry(CheckpointStore log, long sequence) throws IOException {
        LoggedEntry entry;
        String place = CheckpointLog.place(sequence, log);
        try {
            entry = LoggedEntry.read(log, sequence, place);
        } catch (NewerVersionException e) {
            // It may list what this program does not know of, so no advice leads around it.
            throw e;
        } catch (UsageException e) {
            throw damaged(e.problem());
        }
        Checkpoint checkpoint = entry.checkpoint();
        if (checkpoint.sequence() != sequence
                || !checkpoint.exportId().equals(claim.exportId())
                || !checkpoint.topic().equals(topic)) {
            throw damaged(place + " is not an entry of export " + claim.exportId() + " of topic " + topic);
        }
        return entry;
    }

    /** Whatever else is wrong with an entry makes no difference. */
    void requireNotNewer(CheckpointStore log, long sequence) {
        try {
            LoggedEntry.read(log, sequence, CheckpointLog.place(sequence, log));
        } catch (NewerVersionException e) {
            throw e;
        } catch (UsageException | IOException e) {
            // It is lost or damaged, which is why nobody goes by the log.
            return;
        }
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
        DataFiles.around(output, naming.directory(), (path, file) -> {
            if (planned.contains(path)) {
                present.add(path);
            }
        });
        present.sort(String::compareTo);
        return present;
    }
}
