package io.pagewalk.internal.export;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the export that is meant, by the claims on an output. */
public final class ExportFinder {
    private final Access access;
    private final DirectoryLocation output;

    public ExportFinder(Access access, DirectoryLocation output) {
        this.access = access;
        this.output = output;
    }

    /**
     * An export of an output.
     *
     * @param log which log is its
     * @param checkpoints where that is, or null for the usual place
     */
    public record Found(LogName log, @Nullable Location checkpoints) {
        public String exportId() {
            return log.exportId();
        }
    }

    /**
     * A claim as it stands in the output.
     *
     * @param deleted whether its export was deleted, and only the rest of that is left to do
     */
    private record Standing(String topic, Claim claim, boolean deleted) {}

    /**
     * The export of that name, or the only one.
     *
     * @param checkpoints where its log is, or null to go by the claim
     * @param exportId the name, or null for the only one
     * @throws UsageException if there is none, or it is being deleted, or more than one could be meant
     */
    public Found find(@Nullable Location checkpoints, @Nullable String exportId) {
        Found found = findIfAny(checkpoints, exportId)
                .orElseThrow(() -> new UsageException("there is no export " + (exportId == null ? "" : exportId + " ")
                        + "in " + output + "; check the name of the output"));
        if (standing().stream()
                .anyMatch(claim -> claim.deleted() && claim.claim().log().equals(found.log()))) {
            throw new UsageException("export " + found.exportId() + " in " + output
                    + " is being deleted, and its deletion is not finished: delete it again");
        }
        return found;
    }

    /** Likewise, one that is being deleted too; empty if there is none. */
    public Optional<Found> findIfAny(@Nullable Location checkpoints, @Nullable String exportId) {
        List<Claim> claims = standing().stream()
                .map(Standing::claim)
                .filter(claim -> exportId == null || claim.exportId().equals(exportId))
                .distinct()
                .toList();
        if (claims.size() > 1 && (exportId == null || checkpoints == null)) {
            throw new UsageException(
                    output + " holds several exports: "
                            + claims.stream().map(Claim::exportId).collect(Collectors.joining(", ")),
                    exportId == null ? Advice.NAME_THE_EXPORT : Advice.NAME_THE_EXPORT_AND_ITS_LOG);
        }
        if (!claims.isEmpty()) {
            Claim claim = claims.get(0);
            return Optional.of(
                    new Found(claim.log(), checkpoints == null ? checkpointsOf(claim, output) : checkpoints));
        }
        if (exportId != null && checkpoints != null) {
            return Optional.of(new Found(LogName.of(exportId, 1), checkpoints));
        }
        return Optional.empty();
    }

    /**
     * An export whose log is not asked.
     *
     * @param claim its claim; if that is damaged, what is left of it: where it stands tells the generation
     */
    public record Unread(String topic, Claim claim) {}

    /**
     * The export of that name, or the only one, by its claim alone, which may be damaged; empty if there is none.
     *
     * @param exportId the name, or null for the only one; an export whose claim is damaged goes by its topic
     * @throws UsageException if more than one could be meant
     */
    public Optional<Unread> findWithoutLog(@Nullable String exportId) {
        List<Unread> found = new ArrayList<>();
        try (Storage storage = access.storage(output, "status")) {
            for (Claims claims : Claims.all(storage)) {
                Optional<Integer> generation = claims.newestClaimed();
                if (generation.isPresent()) {
                    Claim claim = readable(claims).orElseGet(() -> new Claim(claims.topic(), generation.get(), ""));
                    if (exportId == null || claim.exportId().equals(exportId)) {
                        found.add(new Unread(claims.topic(), claim));
                    }
                }
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot look into " + output + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
        if (found.size() > 1) {
            throw new UsageException(
                    output + " holds several exports: "
                            + found.stream()
                                    .map(unread -> unread.claim().exportId())
                                    .collect(Collectors.joining(", ")),
                    Advice.NAME_THE_EXPORT);
        }
        return found.stream().findFirst();
    }

    private static Optional<Claim> readable(Claims claims) throws IOException {
        try {
            Optional<Claim> current = claims.current();
            return current.isPresent() ? current : claims.halfDeleted();
        } catch (UsageException e) {
            return Optional.empty();
        }
    }

    /** Where the log is by a claim, or null for the usual place. */
    public static @Nullable Location checkpointsOf(Claim claim, DirectoryLocation output) {
        if (claim.checkpoints().isEmpty()) {
            return null;
        }
        try {
            return Location.parse(claim.checkpoints());
        } catch (UsageException e) {
            throw new UsageException(
                    "the claim of export " + claim.exportId() + " in " + output + " is damaged: its checkpoints "
                            + e.problem(),
                    Advice.RESTORE_THE_LOG,
                    e);
        }
    }

    /**
     * The topic that an export has claimed in exactly that way, if it has. A start that was killed, and then made with another
     * topic, leaves two; the one that the log is of is the export's.
     */
    public Optional<String> claimedTopic(Claim claim, CheckpointStore log) throws IOException {
        List<String> topics = standing().stream()
                .filter(entry -> entry.claim().equals(claim))
                .map(Standing::topic)
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

    private List<Standing> standing() {
        try (Storage storage = access.storage(output, "status")) {
            List<Standing> standing = new ArrayList<>();
            for (Claims claims : Claims.all(storage)) {
                Optional<Claim> current = claims.current();
                if (current.isPresent()) {
                    standing.add(new Standing(claims.topic(), current.get(), false));
                } else {
                    claims.halfDeleted().ifPresent(claim -> standing.add(new Standing(claims.topic(), claim, true)));
                }
            }
            return standing;
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot look into " + output + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
    }
}
