package io.pagewalk.cli;

import io.pagewalk.cli.place.Access;
import io.pagewalk.cli.place.DirectoryLocation;
import io.pagewalk.cli.place.Location;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.TopicNames;
import io.pagewalk.run.Claim;
import io.pagewalk.spi.Storage;
import io.pagewalk.storage.ReadOnlyStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the export to audit, and the other ones of its output. Unlike {@link ExportFinder} it also finds those whose claim is
 * missing or damaged, by their logs.
 */
final class AuditFinder {
    private static final String TOPIC = ExportPlaces.FOLDER + "/topic=";

    private final Access access;
    private final DirectoryLocation output;
    /** The exports of this output, claimed ones first. */
    private final Set<ExportFinder.Found> exports = new LinkedHashSet<>();

    /** Those that have a log where checkpoints are said to be: of this output or of any other. */
    private final Set<ExportFinder.Found> elsewhere = new LinkedHashSet<>();

    private final List<String> damagedClaims = new ArrayList<>();

    AuditFinder(Access access, DirectoryLocation output) {
        this.access = access;
        this.output = output;
    }

    /**
     * @param target the export to audit
     * @param others the others
     */
    record Result(ExportFinder.Found target, List<ExportFinder.Found> others) {}

    /**
     * The export of that name, or the only one.
     *
     * @throws UsageException if there is none, or more than one that could be meant
     */
    Result find(@Nullable Location checkpoints, @Nullable String exportId) {
        return findIfAny(checkpoints, exportId)
                .orElseThrow(() -> new UsageException("there is no export " + (exportId == null ? "" : exportId + " ")
                        + "in " + output + ": neither a claim nor a log"
                        + (damagedClaims.isEmpty() ? "" : "; " + damagedClaims.get(0))));
    }

    /** Likewise; empty if there is none. */
    Optional<Result> findIfAny(@Nullable Location checkpoints, @Nullable String exportId) {
        try {
            look(checkpoints);
        } catch (IOException e) {
            throw new ExportFailedException("cannot look into " + output + ": " + Failure.describe(e), e);
        }
        return choose(checkpoints, exportId);
    }

    private void look(@Nullable Location checkpoints) throws IOException {
        try (Storage storage = access.storage(output, "verify")) {
            for (String directory : storage.listDirectories(ExportPlaces.FOLDER)) {
                if (directory.startsWith(TOPIC)) {
                    claim(storage, directory.substring(TOPIC.length()));
                }
            }
            logs(storage, ExportPlaces.FOLDER, null, exports);
        }
        if (checkpoints instanceof DirectoryLocation directory) {
            try (Storage storage = access.storage(directory, "verify")) {
                logs(storage, "", checkpoints, elsewhere);
            }
        }
    }

    private void claim(Storage storage, String topic) throws IOException {
        try {
            Claim.find(new ReadOnlyStorage(storage), topic).ifPresent(claim -> {
                Location place = ExportFinder.checkpointsOf(claim, output);
                exports.add(new ExportFinder.Found(claim.exportId(), place));
            });
        } catch (UsageException e) {
            damagedClaims.add(Failure.line(e));
        }
    }

    private static void logs(
            Storage storage, String folder, @Nullable Location checkpoints, Set<ExportFinder.Found> into)
            throws IOException {
        for (String directory : storage.listDirectories(folder)) {
            String name = directory.substring(directory.lastIndexOf('/') + 1);
            if (TopicNames.isValid(name)
                    && storage.list(directory).stream()
                            .anyMatch(file -> file.name().endsWith(".json"))) {
                into.add(new ExportFinder.Found(name, checkpoints));
            }
        }
    }

    private Optional<Result> choose(@Nullable Location checkpoints, @Nullable String exportId) {
        if (exportId != null && checkpoints != null) {
            return Optional.of(result(new ExportFinder.Found(exportId, checkpoints)));
        }
        List<ExportFinder.Found> candidates = candidates(exports, checkpoints, exportId);
        if (candidates.isEmpty()) {
            candidates = candidates(elsewhere, checkpoints, exportId);
        }
        if (candidates.size() > 1) {
            throw new UsageException(output + " holds several exports: "
                    + candidates.stream()
                            .map(ExportFinder.Found::exportId)
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + "; choose one with --export-id" + (exportId == null ? "" : " and --checkpoints"));
        }
        return candidates.stream().findFirst().map(this::result);
    }

    private static List<ExportFinder.Found> candidates(
            Set<ExportFinder.Found> among, @Nullable Location checkpoints, @Nullable String exportId) {
        return among.stream()
                .filter(found -> exportId == null || found.exportId().equals(exportId))
                .filter(found -> checkpoints == null || checkpoints.equals(found.checkpoints()))
                .toList();
    }

    private Result result(ExportFinder.Found target) {
        return new Result(
                target, exports.stream().filter(found -> !found.equals(target)).toList());
    }
}
