package io.pagewalk.cli;

import io.pagewalk.cli.place.Access;
import io.pagewalk.cli.place.DirectoryLocation;
import io.pagewalk.cli.place.Location;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.run.Claim;
import io.pagewalk.run.LoggedEntry;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the export that is meant, by the claims on an output. */
final class ExportFinder {
    private final Access access;
    private final DirectoryLocation output;

    ExportFinder(Access access, DirectoryLocation output) {
        this.access = access;
        this.output = output;
    }

    /**
     * An export of an output.
     *
     * @param exportId its name
     * @param checkpoints where its log is, or null for the usual place
     */
    record Found(String exportId, @Nullable Location checkpoints) {}

    /**
     * The export of that name, or the only one.
     *
     * @param checkpoints where its log is, or null to go by the claim
     * @param exportId the name, or null for the only one
     * @throws UsageException if there is none, or more than one that could be meant
     */
    Found find(@Nullable Location checkpoints, @Nullable String exportId) {
        return findIfAny(checkpoints, exportId)
                .orElseThrow(() -> new UsageException(
                        "there is no export " + (exportId == null ? "" : exportId + " ") + "in " + output));
    }

    /** Likewise; empty if there is none. */
    Optional<Found> findIfAny(@Nullable Location checkpoints, @Nullable String exportId) {
        if (exportId != null && checkpoints != null) {
            return Optional.of(new Found(exportId, checkpoints));
        }
        List<Claim> claims = claims().values().stream()
                .filter(claim -> exportId == null || claim.exportId().equals(exportId))
                .distinct()
                .toList();
        if (claims.size() > 1) {
            throw new UsageException(output + " holds several exports: "
                    + claims.stream().map(Claim::exportId).collect(Collectors.joining(", "))
                    + "; choose one with --export-id");
        }
        if (!claims.isEmpty()) {
            Claim claim = claims.get(0);
            return Optional.of(
                    new Found(claim.exportId(), checkpoints == null ? checkpointsOf(claim, output) : checkpoints));
        }
        return Optional.empty();
    }

    /** Where the log is by a claim, or null for the usual place. */
    static @Nullable Location checkpointsOf(Claim claim, DirectoryLocation output) {
        if (claim.checkpoints().isEmpty()) {
            return null;
        }
        try {
            return Location.parse(claim.checkpoints());
        } catch (UsageException e) {
            throw new UsageException(
                    "the claim of export " + claim.exportId() + " in " + output + " is damaged: its checkpoints"
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * The topic that an export has claimed in exactly that way, if it has. A start that was killed, and then made with another
     * topic, leaves two; the one that the log is of is the export's.
     */
    Optional<String> claimedTopic(Claim claim, CheckpointStore log) throws IOException {
        List<String> topics = claims().entrySet().stream()
                .filter(entry -> entry.getValue().equals(claim))
                .map(Map.Entry::getKey)
                .toList();
        long[] entries = topics.size() > 1 ? log.sequences() : new long[0];
        if (entries.length > 0) {
            String topic = LoggedEntry.read(log, entries[0], "checkpoint " + entries[0] + " in " + log.location())
                    .checkpoint()
                    .topic();
            return topics.stream().filter(topic::equals).findFirst();
        }
        return topics.stream().findFirst();
    }

    private Map<String, Claim> claims() {
        try (Storage storage = access.storage(output, "status")) {
            return Claim.all(storage);
        } catch (IOException e) {
            throw new ExportFailedException("cannot look into " + output + ": " + Failure.describe(e), e);
        }
    }
}
