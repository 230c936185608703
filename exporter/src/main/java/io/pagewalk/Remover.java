package io.pagewalk;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.deletion.Contents;
import io.pagewalk.internal.deletion.ExportDeletion;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Catalogue;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.internal.export.StandingClaim;
import io.pagewalk.internal.follow.FollowedPlace;
import io.pagewalk.location.Location;
import io.pagewalk.location.LogLocation;
import io.pagewalk.log.Origin;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds what the deletion of an export has to remove, and removes it. */
final class Remover {
    private final Connection connection;
    private final Access access;
    private final ExportPlace place;
    private final Catalogue catalogue;

    Remover(Connection connection, Access access, ExportPlace place) {
        this.connection = connection;
        this.access = access;
        this.place = place;
        this.catalogue = new Catalogue(access, place.output());
    }

    Optional<Removal> find() throws IOException {
        Optional<FoundExport> found = catalogue.findIfAny(place.log(), place.exportId());
        if (found.isEmpty()) {
            requireNoneUnclaimed();
            return Optional.empty();
        }
        try (ExportPlaces places = open(found.get())) {
            Claim claim = places.claim();
            Optional<String> topic = catalogue.claimedTopic(claim, places.stores());
            if (topic.isEmpty()) {
                for (int run : places.stores().runs()) {
                    if (places.stores().of(run).sequences().length > 0) {
                        throw withoutClaim(places.logs().exportId());
                    }
                }
                return Optional.empty();
            }
            requireNoLiveRun(places);
            Contents contents = deletion(places, claim, topic.get()).contents();
            return Optional.of(new Removal(
                    topic.get(),
                    claim,
                    found.get(),
                    places.logs().location(),
                    contents.files() + contents.uncommitted().size(),
                    contents,
                    true));
        }
    }

    Optional<Removal> findWithoutLog() throws IOException {
        Optional<StandingClaim> unread = catalogue.findWithoutLog(place.exportId());
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        Claim claim = unread.get().claim();
        Location log = place.log() == null ? FoundExport.checkpointsOf(claim, place.output()) : place.log();
        // The log of a cluster that is gone cannot be removed, and nobody will take it for another generation's.
        boolean removesLog = !(log instanceof LogLocation logs) || logs.topic() == null || connection.namesCluster();
        FoundExport found = new FoundExport(claim.log(), removesLog ? log : null);
        try (ExportPlaces places = open(found)) {
            requireNoLiveRun(places);
            String topic = unread.get().topic();
            ExportDeletion deletion = deletion(places, claim, topic);
            if (removesLog) {
                deletion.requireNothingNewer();
            }
            return Optional.of(new Removal(
                    topic,
                    claim,
                    found,
                    log == null ? places.logs().location() : log.toString(),
                    deletion.filesByName(),
                    null,
                    removesLog));
        }
    }

    /** @param looks whether to refuse what a table follows; without a log nobody can tell a table what it has to lose */
    int remove(Removal removal, boolean looks) throws IOException {
        try (ExportPlaces places = open(removal.found())) {
            requireNoLiveRun(places);
            if (looks && removal.contents() != null) {
                FollowedPlace.requireNone(places.output(), removal.claim().log(), removal.topic());
            }
            ExportDeletion deletion = deletion(places, removal.claim(), removal.topic());
            Contents contents = removal.contents();
            if (contents != null && !deletion.contents().equals(contents)) {
                throw new UsageException("export " + removal.exportId()
                        + " has changed since it was looked at; nothing was deleted, delete it again");
            }
            int cleared = places.removeDeadTemporaries();
            if (contents == null) {
                deletion.deleteWithoutLog(removal.removesLog());
            } else {
                deletion.delete(contents);
            }
            return cleared;
        }
    }

    int clearAway() throws IOException {
        Optional<FoundExport> found = catalogue.findIfAny(place.log(), place.exportId());
        if (found.isPresent()) {
            try (ExportPlaces places = open(found.get())) {
                return places.removeDeadTemporaries();
            }
        }
        try (Storage storage =
                access.storage(place.output(), connection.newOrigin().run())) {
            return storage.removeDeadTemporaries();
        }
    }

    private ExportPlaces open(FoundExport found) {
        Origin origin = connection.newOrigin();
        return ExportPlaces.openToDelete(access, place.output(), found, origin);
    }

    private static ExportDeletion deletion(ExportPlaces places, Claim claim, String topic) {
        return new ExportDeletion(places.output(), places.stores(), claim, topic);
    }

    private void requireNoLiveRun(ExportPlaces places) throws IOException {
        List<String> alive = places.liveRuns();
        if (!alive.isEmpty()) {
            throw new UsageException("a run is alive in " + place.output() + " (" + String.join(", ", alive)
                    + "): stop it, or wait for its end, and delete then");
        }
    }

    /** Neither a claim nor a log: a deletion has nothing left to do, but a run may have been killed before its claim. */
    private void requireNoneUnclaimed() {
        Optional<FoundExport> unclaimed = catalogue.findClaimOrLog(place.log(), place.exportId());
        if (unclaimed.isPresent()) {
            throw withoutClaim(unclaimed.get().exportId());
        }
    }

    private UsageException withoutClaim(String exportId) {
        return new UsageException("export " + exportId + " has a log, but " + place.output()
                + " has no claim of it: name the output it was started with, or remove the log's folder");
    }
}
