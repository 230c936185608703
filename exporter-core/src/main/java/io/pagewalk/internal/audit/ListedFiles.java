package io.pagewalk.internal.audit;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogPosition;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a log lists that is not audited: whatever is wrong with it makes no difference. */
final class ListedFiles {
    private ListedFiles() {}

    /**
     * Hands over the files that a log lists, as far as it is not damaged.
     *
     * @return where the log leaves off
     * @throws NewerVersionException if an entry is newer than this program
     */
    static LogPosition of(CheckpointStore log, Consumer<DataFile> files) {
        LogPosition position = new LogPosition(files);
        try {
            for (long sequence : log.sequences()) {
                Checkpoint checkpoint = read(log, sequence);
                if (checkpoint != null) {
                    checkpoint.body().accept(position);
                }
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read the checkpoints in " + log.location() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
        return position;
    }

    private static @Nullable Checkpoint read(CheckpointStore log, long sequence) throws IOException {
        try {
            return LoggedEntry.read(log, sequence, CheckpointLog.place(sequence, log))
                    .checkpoint();
        } catch (NewerVersionException e) {
            // Without it, the files that it lists would be found to be extra.
            throw e;
        } catch (NoSuchFileException | UsageException e) {
            // Its own audit tells.
            return null;
        }
    }
}
