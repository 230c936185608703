package io.pagewalk.cli;

import io.pagewalk.checkpoint.StorageCheckpointStore;
import io.pagewalk.cli.place.Access;
import io.pagewalk.cli.place.DirectoryLocation;
import io.pagewalk.cli.place.KafkaTopic;
import io.pagewalk.cli.place.Location;
import io.pagewalk.run.CheckpointLog;
import io.pagewalk.run.Origin;
import io.pagewalk.run.Waits;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import io.pagewalk.storage.ReadOnlyStorage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Where one run of one export works: the output, and its log, which may be in the same storage. */
final class ExportPlaces implements AutoCloseable {
    /** The folder in an output that is Pagewalk's own; an export's log is in the folder of its id in there. */
    static final String FOLDER = "_pagewalk";

    /** Two storages of one run may be in the same place, and must not take each other's temporary files for their own. */
    private static final String LOG_RUN = "-log";

    private final List<Storage> storages;
    private final CheckpointStore store;
    private final CheckpointLog log;
    private final String claimedCheckpoints;

    private ExportPlaces(List<Storage> storages, CheckpointStore store, CheckpointLog log, String claimedCheckpoints) {
        this.storages = storages;
        this.store = store;
        this.log = log;
        this.claimedCheckpoints = claimedCheckpoints;
    }

    /**
     * Opens the places; touches nothing yet.
     *
     * @param checkpoints where the log is, or null for its usual place in the output
     */
    static ExportPlaces open(
            Access access, DirectoryLocation output, @Nullable Location checkpoints, String exportId, Origin origin) {
        return open(access::storage, access::store, output, checkpoints, exportId, origin);
    }

    /** As {@link #open(Access, DirectoryLocation, Location, String, Origin)}; what is waited for there is told. */
    static ExportPlaces open(
            Access access,
            DirectoryLocation output,
            @Nullable Location checkpoints,
            String exportId,
            Origin origin,
            Waits waits) {
        return open(
                (location, runId) -> waits.watched(access.storage(location, runId)),
                (topic, id) -> waits.watched(access.store(topic, id)),
                output,
                checkpoints,
                exportId,
                origin);
    }

    /** Opens the places to tell of: what is told of the log is durable, but nothing else is changed. */
    static ExportPlaces openToTell(Access access, DirectoryLocation output, ExportFinder.Found found, Origin origin) {
        return open(access::storage, access::view, output, found.checkpoints(), found.exportId(), origin);
    }

    /** Opens the places to look at; whatever would change something there fails. */
    static ExportPlaces openReadOnly(Access access, DirectoryLocation output, ExportFinder.Found found, Origin origin) {
        return open(
                (location, runId) -> new ReadOnlyStorage(access.storage(location, runId)),
                access::view,
                output,
                found.checkpoints(),
                found.exportId(),
                origin);
    }

    private static ExportPlaces open(
            BiFunction<DirectoryLocation, String, Storage> opener,
            BiFunction<KafkaTopic, String, CheckpointStore> logOpener,
            DirectoryLocation output,
            @Nullable Location checkpoints,
            String exportId,
            Origin origin) {
        Location elsewhere = checkpoints == null || checkpoints.equals(output.resolve(FOLDER)) ? null : checkpoints;
        List<Storage> storages = new ArrayList<>();
        storages.add(opener.apply(output, origin.run()));
        CheckpointStore store;
        if (elsewhere instanceof KafkaTopic topic) {
            store = logOpener.apply(topic, exportId);
        } else if (elsewhere instanceof DirectoryLocation directory) {
            storages.add(opener.apply(directory, origin.run() + LOG_RUN));
            store = new StorageCheckpointStore(storages.get(1), exportId);
        } else {
            store = new StorageCheckpointStore(storages.get(0), FOLDER + "/" + exportId);
        }
        CheckpointLog log = new CheckpointLog(store, exportId, origin, Clock.systemUTC());
        return new ExportPlaces(storages, store, log, elsewhere == null ? "" : elsewhere.toString());
    }

    Storage output() {
        return storages.get(0);
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
        int removed = 0;
        for (Storage storage : storages) {
            removed += storage.removeDeadTemporaries();
        }
        return removed;
    }

    /** The ids of runs that are alive here, as far as that can be known. */
    List<String> liveRuns() throws IOException {
        List<String> alive = new ArrayList<>();
        for (Storage storage : storages) {
            alive.addAll(storage.liveRuns());
        }
        return alive;
    }

    @Override
    public void close() throws IOException {
        List<Closeable> open = new ArrayList<>(storages);
        open.add(store);
        IOException failure = null;
        for (Closeable closeable : open) {
            try {
                closeable.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
