package io.pagewalk.internal.export;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.LogFolders;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.storage.ReadOnlyStorage;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the export to audit, and the other ones of its output. Unlike {@link ExportFinder} it also finds those whose claim is
 * missing or damaged, by their logs.
 */
public final class AuditFinder {
    private final Access access;
    private final DirectoryLocation output;
    /** The exports of this output, claimed ones first. */
    private final Set<ExportFinder.Found> exports = new LinkedHashSet<>();

    /** Those that have a log where checkpoints are said to be: of this output or of any other. */
    private final Set<ExportFinder.Found> elsewhere = new LinkedHashSet<>();

    private final List<String> damagedClaims = new ArrayList<>();

    public AuditFinder(Access access, DirectoryLocation output) {
        this.access = access;
        this.output = output;
    }

    /**
     * What was found.
     *
     * @param target the export to audit
     * @param others the others
     */
    public record Result(ExportFinder.Found target, List<ExportFinder.Found> others) {}

    /**
     * The export of that name, or the only one.
     *
     * @throws UsageException if there is none, or more than one that could be meant
     */
    public Result find(@Nullable Location checkpoints, @Nullable String exportId) {
        return findIfAny(checkpoints, exportId).orElseThrow(() -> none(exportId));
    }

    private UsageException none(@Nullable String exportId) {
        String none = "there is no export " + (exportId == null ? "" : exportId + " ") + "in " + output
                + ": neither a claim nor a log";
        return damagedClaims.isEmpty()
                ? new UsageException(none + "; check the name of the output")
                : new UsageException(none + "; " + damagedClaims.get(0), Advice.RESTORE_THE_LOG);
    }

    /** Likewise; empty if there is none. */
    public Optional<Result> findIfAny(@Nullable Location checkpoints, @Nullable String exportId) {
        try {
            look(checkpoints);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot look into " + output + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
        return choose(checkpoints, exportId);
    }

    private void look(@Nullable Location checkpoints) throws IOException {
        try (Storage storage = access.storage(output, "verify")) {
            for (Claims claims : Claims.all(new ReadOnlyStorage(storage))) {
                claim(claims);
            }
            LogFolders.inOutput(storage, log -> exports.add(new ExportFinder.Found(log, null)));
        }
        if (checkpoints instanceof DirectoryLocation directory) {
            try (Storage storage = access.storage(directory, "verify")) {
                LogFolders.elsewhere(storage, log -> elsewhere.add(new ExportFinder.Found(log, checkpoints)));
            }
        }
    }

    private void claim(Claims claims) throws IOException {
        try {
            Optional<Claim> current = claims.current();
            Optional<Claim> claim = current.isPresent() ? current : claims.halfDeleted();
            claim.ifPresent(found ->
                    exports.add(new ExportFinder.Found(found.log(), ExportFinder.checkpointsOf(found, output))));
        } catch (UsageException e) {
            damagedClaims.add(e.problem());
        }
    }

    private Optional<Result> choose(@Nullable Location checkpoints, @Nullable String exportId) {
        if (exportId != null && checkpoints != null) {
            Set<ExportFinder.Found> all = new LinkedHashSet<>(exports);
            all.addAll(elsewhere);
            int generation = candidates(all, checkpoints, exportId).stream()
                    .mapToInt(found -> found.log().generation())
                    .max()
                    .orElse(1);
            return Optional.of(result(new ExportFinder.Found(LogName.of(exportId, generation), checkpoints)));
        }
        List<ExportFinder.Found> candidates = candidates(exports, checkpoints, exportId);
        if (candidates.isEmpty()) {
            candidates = candidates(elsewhere, checkpoints, exportId);
        }
        if (candidates.size() > 1) {
            throw new UsageException(
                    output + " holds several exports: "
                            + candidates.stream()
                                    .map(ExportFinder.Found::exportId)
                                    .distinct()
                                    .collect(Collectors.joining(", ")),
                    exportId == null ? Advice.NAME_THE_EXPORT : Advice.NAME_THE_EXPORT_AND_ITS_LOG);
        }
        return candidates.stream().findFirst().map(this::result);
    }

    private static List<ExportFinder.Found> candidates(
            Set<ExportFinder.Found> among, @Nullable Location checkpoints, @Nullable String exportId) {
        List<ExportFinder.Found> candidates = among.stream()
                .filter(found -> exportId == null || found.exportId().equals(exportId))
                .filter(found -> checkpoints == null || checkpoints.equals(found.checkpoints()))
                .toList();
        return candidates.stream()
                .filter(found -> candidates.stream().noneMatch(other -> isOlder(found, other)))
                .toList();
    }

    /** A deletion that met a run unseen may leave an entry of an older generation, which is no export any more. */
    private static boolean isOlder(ExportFinder.Found found, ExportFinder.Found other) {
        return found.exportId().equals(other.exportId())
                && Objects.equals(found.checkpoints(), other.checkpoints())
                && found.log().generation() < other.log().generation();
    }

    private Result result(ExportFinder.Found target) {
        return new Result(
                target,
                exports.stream()
                        .filter(found -> !found.equals(target) && !isOlder(found, target))
                        .toList());
    }
}
