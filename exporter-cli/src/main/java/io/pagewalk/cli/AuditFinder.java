package io.pagewalk.cli;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.TopicNames;
import io.pagewalk.run.Claim;
import io.pagewalk.spi.Storage;
import io.pagewalk.storage.ReadOnlyStorage;
import java.io.IOException;
import java.nio.file.Path;
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

    private final Path output;
    /** The exports whose logs are known, claimed ones first. */
    private final Set<ExportFinder.Found> exports = new LinkedHashSet<>();

    private final List<String> damagedClaims = new ArrayList<>();

    private AuditFinder(Path output) {
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
    static Result find(Path output, @Nullable Path checkpoints, @Nullable String exportId) {
        AuditFinder finder = look(output, checkpoints);
        return finder.choose(checkpoints, exportId)
                .orElseThrow(() -> new UsageException("there is no export " + (exportId == null ? "" : exportId + " ")
                        + "in " + output + ": neither a claim nor a log"
                        + (finder.damagedClaims.isEmpty() ? "" : "; " + finder.damagedClaims.get(0))));
    }

    /** Likewise; empty if there is none. */
    static Optional<Result> findIfAny(Path output, @Nullable Path checkpoints, @Nullable String exportId) {
        return look(output, checkpoints).choose(checkpoints, exportId);
    }

    private static AuditFinder look(Path output, @Nullable Path checkpoints) {
        AuditFinder finder = new AuditFinder(output);
        try {
            finder.look(checkpoints);
        } catch (IOException e) {
            throw new ExportFailedException("cannot look into " + output + ": " + Failure.describe(e), e);
        }
        return finder;
    }

    private void look(@Nullable Path checkpoints) throws IOException {
        try (Storage storage = ExportPlaces.openStorage(output, "verify")) {
            for (String directory : storage.listDirectories(ExportPlaces.FOLDER)) {
                if (directory.startsWith(TOPIC)) {
                    claim(storage, directory.substring(TOPIC.length()));
                }
            }
            logs(storage, ExportPlaces.FOLDER, null);
        }
        if (checkpoints != null) {
            try (Storage storage = ExportPlaces.openStorage(checkpoints, "verify")) {
                logs(storage, "", checkpoints);
            }
        }
    }

    private void claim(Storage storage, String topic) throws IOException {
        try {
            Claim.find(new ReadOnlyStorage(storage), topic).ifPresent(claim -> {
                Path place = ExportFinder.checkpointsOf(claim, output);
                exports.add(new ExportFinder.Found(claim.exportId(), place));
            });
        } catch (UsageException e) {
            damagedClaims.add(Failure.line(e));
        }
    }

    private void logs(Storage storage, String folder, @Nullable Path checkpoints) throws IOException {
        for (String directory : storage.listDirectories(folder)) {
            String name = directory.substring(directory.lastIndexOf('/') + 1);
            if (TopicNames.isValid(name)
                    && storage.list(directory).stream()
                            .anyMatch(file -> file.name().endsWith(".json"))) {
                exports.add(new ExportFinder.Found(name, checkpoints));
            }
        }
    }

    private Optional<Result> choose(@Nullable Path checkpoints, @Nullable String exportId) {
        if (exportId != null && checkpoints != null) {
            return Optional.of(result(new ExportFinder.Found(exportId, checkpoints)));
        }
        List<ExportFinder.Found> candidates = exports.stream()
                .filter(found -> exportId == null || found.exportId().equals(exportId))
                .filter(found -> checkpoints == null || checkpoints.equals(found.checkpoints()))
                .toList();
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

    private Result result(ExportFinder.Found target) {
        return new Result(
                target, exports.stream().filter(found -> !found.equals(target)).toList());
    }
}
