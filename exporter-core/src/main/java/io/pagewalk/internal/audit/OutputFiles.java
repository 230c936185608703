package io.pagewalk.internal.audit;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.internal.file.DataFiles;
import io.pagewalk.internal.log.LogPosition;
import io.pagewalk.internal.run.Uncommitted;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is named like a data file in an output, and not yet accounted for. */
final class OutputFiles {
    private final Map<String, Long> sizes = new HashMap<>();

    OutputFiles(Storage output) {
        try {
            DataFiles.sizes(output).forEach(file -> sizes.put(file.name(), file.size()));
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot list " + output.location() + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
    }

    /** Accounts for a file; its size, or null if it is not there. */
    @Nullable
    Long take(String name) {
        return sizes.remove(name);
    }

    /** Accounts for a slice's file, by the names of its export; whether there is one. */
    boolean takePlanned(FileNaming naming, Slice slice) {
        return take(naming.nameOf(slice)) != null;
    }

    /** Accounts for what a run has published and not committed; how many files those are. */
    long takeUncommitted(FileNaming naming, List<Slice> slices) {
        return slices.stream().filter(slice -> takePlanned(naming, slice)).count();
    }

    /**
     * Accounts for what another log lists, as far as it is not damaged.
     *
     * @throws NewerVersionException if an entry is newer than this program
     */
    void takeListedBy(CheckpointStore log) {
        LogPosition position = ListedFiles.of(log, file -> take(file.name()));
        Checkpoint.Start start = position.started();
        PageToken next = position.next();
        if (start != null && next != null) {
            takeUncommitted(start.naming(), Uncommitted.slices(next));
        }
    }

    /** The names of what is left, in order. */
    List<String> left() {
        return sizes.keySet().stream().sorted().toList();
    }
}
