package io.pagewalk.cli;

import io.pagewalk.checkpoint.StorageCheckpointStore;
import io.pagewalk.run.CheckpointLog;
import io.pagewalk.run.Origin;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import io.pagewalk.storage.LocalStorage;
import io.pagewalk.storage.ReadOnlyStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Where one run of one export works: the output, and the storage of its log, which may be the same. */
final class ExportPlaces implements AutoCloseable {
    /** The folder in an output that is Pagewalk's own; an export's log is in the folder of its id in there. */
    static final String FOLDER = "_pagewalk";

    /** Export ids have no "=": what has one in its name is no export's log. */
    private static final String TEMPORARY_FOLDER = FOLDER + "/tmp=";

    /** Two storages of one run may be in the same place, and must not take each other's temporary files for their own. */
    private static final String LOG_RUN = "-log";

    private final Storage output;
    private final Storage logStorage;
    private final CheckpointStore store;
    private final CheckpointLog log;
    private final String claimedCheckpoints;

    private ExportPlaces(
            Storage output, Storage logStorage, CheckpointStore store, CheckpointLog log, String claimedCheckpoints) {
        this.output = output;
        this.logStorage = logStorage;
        this.store = store;
        this.log = log;
        this.claimedCheckpoints = claimedCheckpoints;
    }

    /**
     * Opens the places; touches nothing yet.
     *
     * @param checkpoints where the log is, or null for its usual place in the output
     */
    static ExportPlaces open(Path output, @Nullable Path checkpoints, String exportId, Origin origin) {
        return open(output, checkpoints, exportId, origin, ExportPlaces::openStorage);
    }

    /** Opens the places to look at; whatever would change something there fails. */
    static ExportPlaces openReadOnly(Path output, ExportFinder.Found found, Origin origin) {
        return open(
                output,
                found.checkpoints(),
                found.exportId(),
                origin,
                (location, runId) -> new ReadOnlyStorage(openStorage(location, runId)));
    }

    private static ExportPlaces open(
            Path output,
            @Nullable Path checkpoints,
            String exportId,
            Origin origin,
            BiFunction<Path, String, Storage> opener) {
        Storage outputStorage = opener.apply(output, origin.run());
        Path elsewhere = checkpoints == null || checkpoints.equals(output.resolve(FOLDER)) ? null : checkpoints;
        Storage logStorage = elsewhere == null ? outputStorage : opener.apply(elsewhere, origin.run() + LOG_RUN);
        CheckpointStore store =
                new StorageCheckpointStore(logStorage, elsewhere == null ? FOLDER + "/" + exportId : exportId);
        CheckpointLog log = new CheckpointLog(store, exportId, origin, Clock.systemUTC());
        return new ExportPlaces(outputStorage, logStorage, store, log, elsewhere == null ? "" : elsewhere.toString());
    }

    /** The storage at a location, for one run. */
    static Storage openStorage(Path location, String runId) {
        return LocalStorage.open(location, TEMPORARY_FOLDER, runId);
    }

    Storage output() {
        return output;
    }

    CheckpointLog log() {
        return log;
    }

    /** The log's entries as they are stored. */
    CheckpointStore store() {
        return store;
    }

    /** The log's place as a claim names it: empty for the usual one. */
    String claimedCheckpoints() {
        return claimedCheckpoints;
    }

    /**
     * Clears away what runs that were killed have left.
     *
     * @return how many files were cleared away
     */
    int removeDeadTemporaries() throws IOException {
        int removed = output.removeDeadTemporaries();
        return logStorage == output ? removed : removed + logStorage.removeDeadTemporaries();
    }

    /** The ids of runs that are alive here, as far as that can be known. */
    List<String> liveRuns() throws IOException {
        List<String> alive = new ArrayList<>(output.liveRuns());
        if (logStorage != output) {
            alive.addAll(logStorage.liveRuns());
        }
        return alive;
    }

    @Override
    public void close() throws IOException {
        try (output;
                logStorage;
                store) {
            // Closed in reverse order.
        }
    }
}
