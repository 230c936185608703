package io.pagewalk.internal.deletion;

import io.pagewalk.error.Advice;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.internal.log.LogPosition;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.run.Uncommitted;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Totals;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from an export's log what its deletion has to remove; changes nothing. */
final class ContentsReader {
    private final Storage output;
    private final CheckpointStore log;
    private final Claim claim;
    private final String topic;

    ContentsReader(Storage output, CheckpointStore log, Claim claim, String topic) {
        this.output = output;
        this.log = log;
        this.claim = claim;
        this.topic = topic;
    }

    /** @throws UsageException if the log does not tell all that belongs to the export */
    Contents read(long[] sequences) throws IOException {
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

    /** @throws UsageException if it cannot be read, or is of another export */
    LoggedEntry entry(long sequence) throws IOException {
        LoggedEntry entry;
        try {
            entry = LoggedEntry.read(log, sequence, place(sequence));
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
            throw damaged(place(sequence) + " is not an entry of export " + claim.exportId() + " of topic " + topic);
        }
        return entry;
    }

    /** Whatever else is wrong with an entry makes no difference. */
    void requireNotNewer(long sequence) {
        try {
            LoggedEntry.read(log, sequence, place(sequence));
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
        output.names("", name -> {
            if (planned.contains(name)) {
                present.add(name);
            }
        });
        present.sort(String::compareTo);
        return present;
    }

    private String place(long sequence) {
        return "checkpoint " + sequence + " in " + log.location();
    }
}
