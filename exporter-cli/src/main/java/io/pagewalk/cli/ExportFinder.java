package io.pagewalk.cli;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.run.Claim;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the export that is meant, by the claims on an output. */
final class ExportFinder {
    private ExportFinder() {}

    /**
     * An export of an output.
     *
     * @param exportId its name
     * @param checkpoints where its log is, or null for the usual place
     */
    record Found(String exportId, @Nullable Path checkpoints) {}

    /**
     * The export of that name, or the only one.
     *
     * @param checkpoints where its log is, or null to go by the claim
     * @param exportId the name, or null for the only one
     * @throws UsageException if there is none, or more than one that could be meant
     */
    static Found find(Path output, @Nullable Path checkpoints, @Nullable String exportId) {
        return findIfAny(output, checkpoints, exportId)
                .orElseThrow(() -> new UsageException(
                        "there is no export " + (exportId == null ? "" : exportId + " ") + "in " + output));
    }

    /** Likewise; empty if there is none. */
    static Optional<Found> findIfAny(Path output, @Nullable Path checkpoints, @Nullable String exportId) {
        if (exportId != null && checkpoints != null) {
            return Optional.of(new Found(exportId, checkpoints));
        }
        List<Claim> claims = claims(output).values().stream()
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
    static @Nullable Path checkpointsOf(Claim claim, Path output) {
        if (claim.checkpoints().isEmpty()) {
            return null;
        }
        try {
            return LocalLocation.parse(claim.checkpoints());
        } catch (UsageException e) {
            throw new UsageException(
                    "the claim of export " + claim.exportId() + " in " + output + " is damaged: its checkpoints"
                            + e.getMessage(),
                    e);
        }
    }

    /** The topic that an export has claimed in exactly that way, if it has. */
    static Optional<String> claimedTopic(Path output, Claim claim) {
        return claims(output).entrySet().stream()
                .filter(entry -> entry.getValue().equals(claim))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, Claim> claims(Path output) {
        try (Storage storage = ExportPlaces.openStorage(output, "status")) {
            return Claim.all(storage);
        } catch (IOException e) {
            throw new ExportFailedException("cannot look into " + output + ": " + Failure.describe(e), e);
        }
    }
}
