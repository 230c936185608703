package io.pagewalk.internal.export;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.KnownPlace;
import io.pagewalk.internal.storage.ReadOnlyStorage;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.location.LogLocation;
import io.pagewalk.log.Origin;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where one run of one export works: the output, and its log, which may be in the same storage. */
public final class ExportPlaces implements Closeable {
    /** Two storages of one run may be in the same place, and must not take each other's temporary files for their own. */
    private static final String LOG_RUN = "-log";

    private final List<Storage> storages;
    private final CheckpointStores stores;
    private final RunLogs logs;
    private final Claim claim;
    private final KnownPlace known;

    private ExportPlaces(List<Storage> storages, CheckpointStores stores, RunLogs logs, Claim claim, KnownPlace known) {
        this.storages = storages;
        this.stores = stores;
        this.logs = logs;
        this.claim = claim;
        this.known = known;
    }

    /**
     * Opens the places for a run; changes nothing yet. Which generation the run belongs to is settled here.
     *
     * @param checkpoints where the log is, or null for its usual place in the output
     * @throws UsageException if a deletion of the topic's export is not finished
     */
    public static ExportPlaces openToRun(
            Access access,
            DirectoryLocation output,
            @Nullable Location checkpoints,
            String exportId,
            String topic,
            Origin origin) {
        Waits waits = access.waits();
        Storage storage = waits.watched(access.storage(output, origin.run()));
        Claims claims;
        try {
            claims = Claims.of(storage, topic);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot use the output " + output + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
        claims.requireNoneHalfDeleted();
        LogName log = new LogName(exportId, claims.generation());
        DeletionFence fence = new DeletionFence(storage, topic, log);
        return open(
                storage,
                (location, runId) -> waits.watched(access.storage(location, runId)),
                (logs, name) -> waits.watched(access.stores(logs, name)),
                output,
                new FoundExport(log, checkpoints),
                origin,
                fence,
                new KnownPlace(claims.areNone() && isInOutput(output, checkpoints), access.proof(output, checkpoints)));
    }

    /** Opens the places to delete what is there. */
    public static ExportPlaces openToDelete(Access access, DirectoryLocation output, FoundExport found, Origin origin) {
        return open(access::storage, access::stores, output, found, origin);
    }

    /** Opens the places to tell of: what is told of the log is durable, but nothing else is changed. */
    public static ExportPlaces openToTell(Access access, DirectoryLocation output, FoundExport found, Origin origin) {
        return open(access::storage, access::view, output, found, origin);
    }

    /** Opens the places to look at; whatever would change something there fails. */
    public static ExportPlaces openReadOnly(Access access, DirectoryLocation output, FoundExport found, Origin origin) {
        return open(
                (location, runId) -> new ReadOnlyStorage(access.storage(location, runId)),
                access::view,
                output,
                found,
                origin);
    }

    private static ExportPlaces open(
            BiFunction<DirectoryLocation, String, Storage> opener,
            BiFunction<LogLocation, LogName, CheckpointStores> logOpener,
            DirectoryLocation output,
            FoundExport found,
            Origin origin) {
        return open(
                opener.apply(output, origin.run()),
                opener,
                logOpener,
                output,
                found,
                origin,
                null,
                KnownPlace.unknown());
    }

    private static ExportPlaces open(
            Storage storage,
            BiFunction<DirectoryLocation, String, Storage> opener,
            BiFunction<LogLocation, LogName, CheckpointStores> logOpener,
            DirectoryLocation output,
            FoundExport found,
            Origin origin,
            @Nullable DeletionFence fence,
            KnownPlace known) {
        Location checkpoints = found.checkpoints();
        LogName name = found.log();
        Location elsewhere = isInOutput(output, checkpoints) ? null : checkpoints;
        List<Storage> storages = new ArrayList<>();
        storages.add(storage);
        CheckpointStores stores;
        if (elsewhere instanceof LogLocation logs) {
            stores = logOpener.apply(logs, name);
        } else if (elsewhere instanceof DirectoryLocation directory) {
            storages.add(opener.apply(directory, origin.run() + LOG_RUN));
            stores = new StorageCheckpointStores(storages.get(1), OutputLayout.logsElsewhere(name));
        } else {
            stores = new StorageCheckpointStores(storage, OutputLayout.logs(name));
        }
        RunLogs log = new RunLogs(stores, name.exportId(), origin, Clock.systemUTC(), fence);
        Claim claim = new Claim(name.exportId(), name.generation(), elsewhere == null ? "" : elsewhere.toString());
        return new ExportPlaces(storages, stores, log, claim, known);
    }

    private static boolean isInOutput(DirectoryLocation output, @Nullable Location checkpoints) {
        return checkpoints == null || checkpoints.equals(output.resolve(OutputLayout.FOLDER));
    }

    public Storage output() {
        return storages.get(0);
    }

    /** The export's logs. */
    public RunLogs logs() {
        return logs;
    }

    /** Who begins an export here, or finds out where it goes on; as {@link ExportStarter} has it. */
    public ExportStarter starter(String topic, boolean incremental, Supplier<@Nullable CommittedOffsets> groups) {
        return new ExportStarter(output(), logs, topic, claim, incremental, groups, known);
    }

    /** Their entries as they are stored. */
    public CheckpointStores stores() {
        return stores;
    }

    /** What the export claims its output with. */
    public Claim claim() {
        return claim;
    }

    /**
     * Clears away what runs that were killed have left.
     *
     * @return how many files were cleared away
     */
    public int removeDeadTemporaries() throws IOException {
        int removed = 0;
        for (Storage storage : storages) {
            removed += storage.removeDeadTemporaries();
        }
        return removed;
    }

    /**
     * Likewise, for a run that is about to begin.
     *
     * @param told how many, if there were any
     */
    public void clearAway(IntConsumer told) {
        try {
            int removed = removeDeadTemporaries();
            if (removed > 0) {
                told.accept(removed);
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write to " + output().location() + ": " + Reasons.describe(e) + "; fix that and run again",
                    e);
        }
    }

    /** As users are told of it. */
    public static String cleared(int removed) {
        return "removed " + removed + " unfinished file" + (removed == 1 ? "" : "s") + " of runs that were killed";
    }

    /** The ids of runs that are alive here, as far as that can be known. */
    public List<String> liveRuns() throws IOException {
        List<String> alive = new ArrayList<>();
        for (Storage storage : storages) {
            alive.addAll(storage.liveRuns());
        }
        return alive;
    }

    @Override
    public void close() throws IOException {
        List<Closeable> open = new ArrayList<>(storages);
        open.add(stores);
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
