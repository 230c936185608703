package io.pagewalk.internal.export;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.LogFolders;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.storage.ReadOnlyStorage;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The exports of an output, by their claims and by their logs. Each question looks anew. */
public final class Catalogue {
    /** Looks only: two at once do not disturb each other. */
    private static final String RUN = "look";

    private final Access access;
    private final DirectoryLocation output;

    public Catalogue(Access access, DirectoryLocation output) {
        this.access = access;
        this.output = output;
    }

    /** Those that have claimed it, without those that are being deleted; in the order of their topics' names. */
    public List<FoundExport> all() {
        return look(output, storage -> StandingClaim.read(new ReadOnlyStorage(storage))).stream()
                .filter(standing -> !standing.deleted())
                .map(standing -> FoundExport.of(standing.readable(), output))
                .toList();
    }

    /** The names of the directories in the output, sorted, without Pagewalk's own. */
    public List<String> directories() {
        return look(output, storage -> storage.listDirectories("")).stream()
                .filter(name -> !name.equals(OutputLayout.FOLDER))
                .sorted()
                .toList();
    }

    /**
     * The export of that name, or the only one, by its claim.
     *
     * @param checkpoints where its log is, or null to go by the claim
     * @param exportId the name, or null for the only one
     * @throws UsageException if there is none, or it is being deleted, or more than one could be meant
     */
    public FoundExport find(@Nullable Location checkpoints, @Nullable String exportId) {
        FoundExport found = findIfAny(checkpoints, exportId)
                .orElseThrow(() -> new UsageException(none(exportId) + "; check the name of the output"));
        if (standing().stream()
                .anyMatch(claim -> claim.deleted() && claim.claim().log().equals(found.log()))) {
            throw new UsageException("export " + found.exportId() + " in " + output
                    + " is being deleted, and its deletion is not finished: delete it again");
        }
        return found;
    }

    /** Likewise, one that is being deleted too; empty if there is none. */
    public Optional<FoundExport> findIfAny(@Nullable Location checkpoints, @Nullable String exportId) {
        List<Claim> claims = standing().stream()
                .map(StandingClaim::readable)
                .filter(claim -> exportId == null || claim.exportId().equals(exportId))
                .distinct()
                .toList();
        if (exportId == null || checkpoints == null) {
            requireOne(claims.stream().map(Claim::exportId).toList(), exportId);
        }
        if (!claims.isEmpty()) {
            Claim claim = claims.get(0);
            return Optional.of(
                    checkpoints == null ? FoundExport.of(claim, output) : new FoundExport(claim.log(), checkpoints));
        }
        return exportId != null && checkpoints != null
                ? Optional.of(new FoundExport(new LogName(exportId, 1), checkpoints))
                : Optional.empty();
    }

    /**
     * The export of that name, or the only one, by its claim alone, which may be damaged; empty if there is none.
     *
     * @param exportId the name, or null for the only one; an export whose claim is damaged goes by its topic
     * @throws NewerVersionException if a claim is newer than this program
     * @throws UsageException if more than one could be meant
     */
    public Optional<StandingClaim> findWithoutLog(@Nullable String exportId) {
        List<StandingClaim> found = standing().stream()
                .filter(standing ->
                        exportId == null || standing.claim().exportId().equals(exportId))
                .toList();
        requireOne(found.stream().map(standing -> standing.claim().exportId()).toList(), exportId);
        return found.stream().findFirst();
    }

    /**
     * The topic that an export has claimed in exactly that way, if it has. A start that was killed, and then made with another
     * topic, leaves two; the one that the log is of is the export's.
     */
    public Optional<String> claimedTopic(Claim claim, CheckpointStores logs) throws IOException {
        List<String> topics = standing().stream()
                .filter(entry -> entry.readable().equals(claim))
                .map(StandingClaim::topic)
                .toList();
        for (int run : topics.size() > 1 ? logs.runs() : new int[0]) {
            CheckpointStore log = logs.of(run);
            long[] entries = log.sequences();
            if (entries.length > 0) {
                String topic = LoggedEntry.read(log, entries[0], CheckpointLog.place(entries[0], log))
                        .checkpoint()
                        .topic();
                return topics.stream().filter(topic::equals).findFirst();
            }
        }
        return topics.stream().findFirst();
    }

    /**
     * What there is to audit.
     *
     * @param target the export to audit
     * @param others the others of the output
     */
    public record Audited(FoundExport target, List<FoundExport> others) {}

    /**
     * The export of that name, or the only one, by its claim or, where that is missing or damaged, by its log.
     *
     * @throws UsageException if there is none, or more than one that could be meant
     */
    public Audited findToAudit(@Nullable Location checkpoints, @Nullable String exportId) {
        Search search = search(checkpoints);
        return search.choose(checkpoints, exportId).orElseThrow(() -> search.nothing(exportId));
    }

    /** Likewise, without the others; empty if there is none. */
    public Optional<FoundExport> findClaimOrLog(@Nullable Location checkpoints, @Nullable String exportId) {
        return search(checkpoints).choose(checkpoints, exportId).map(Audited::target);
    }

    private Search search(@Nullable Location checkpoints) {
        Search search = new Search();
        look(output, storage -> {
            for (StandingClaim standing : StandingClaim.read(new ReadOnlyStorage(storage))) {
                search.add(standing);
            }
            LogFolders.inOutput(storage, log -> search.exports.add(new FoundExport(log, null)));
            return search;
        });
        if (checkpoints instanceof DirectoryLocation directory) {
            look(directory, storage -> {
                LogFolders.elsewhere(storage, log -> search.elsewhere.add(new FoundExport(log, checkpoints)));
                return search;
            });
        }
        return search;
    }

    /** What a search by claims and logs has come to. */
    private final class Search {
        /** Those of the output, claimed ones first. */
        private final Set<FoundExport> exports = new LinkedHashSet<>();
        /** Those that have a log where checkpoints are said to be: of this output or of any other. */
        private final Set<FoundExport> elsewhere = new LinkedHashSet<>();
        /** Why claims cannot be read. */
        private final List<String> damaged = new ArrayList<>();

        void add(StandingClaim standing) {
            try {
                exports.add(FoundExport.of(standing.readable(), output));
            } catch (NewerVersionException e) {
                // Where its log is, and what that lists, is unknown.
                throw e;
            } catch (UsageException e) {
                damaged.add(e.problem());
            }
        }

        UsageException nothing(@Nullable String exportId) {
            String nothing = none(exportId) + ": neither a claim nor a log; ";
            return damaged.isEmpty()
                    ? new UsageException(nothing + "check the name of the output")
                    : new UsageException(nothing + damaged.get(0), Advice.RESTORE_THE_LOG);
        }

        Optional<Audited> choose(@Nullable Location checkpoints, @Nullable String exportId) {
            if (exportId != null && checkpoints != null) {
                Set<FoundExport> all = new LinkedHashSet<>(exports);
                all.addAll(elsewhere);
                int generation = candidates(all, checkpoints, exportId).stream()
                        .mapToInt(found -> found.log().generation())
                        .max()
                        .orElse(1);
                return Optional.of(audited(new FoundExport(new LogName(exportId, generation), checkpoints)));
            }
            List<FoundExport> candidates = candidates(exports, checkpoints, exportId);
            if (candidates.isEmpty()) {
                candidates = candidates(elsewhere, checkpoints, exportId);
            }
            requireOne(candidates.stream().map(FoundExport::exportId).toList(), exportId);
            return candidates.stream().findFirst().map(this::audited);
        }

        /** A deletion that met a run unseen may leave an entry of an older generation, which is no export any more. */
        private Audited audited(FoundExport target) {
            return new Audited(
                    target,
                    exports.stream()
                            .filter(found -> !found.equals(target) && !found.isOlderThan(target))
                            .toList());
        }
    }

    private static List<FoundExport> candidates(
            Set<FoundExport> among, @Nullable Location checkpoints, @Nullable String exportId) {
        List<FoundExport> candidates = among.stream()
                .filter(found -> exportId == null || found.exportId().equals(exportId))
                .filter(found -> checkpoints == null || checkpoints.equals(found.checkpoints()))
                .toList();
        return candidates.stream()
                .filter(found -> candidates.stream().noneMatch(found::isOlderThan))
                .toList();
    }

    private void requireOne(Collection<String> exportIds, @Nullable String asked) {
        if (exportIds.size() > 1) {
            throw new UsageException(
                    output + " holds several exports: "
                            + exportIds.stream().distinct().collect(Collectors.joining(", ")),
                    asked == null ? Advice.NAME_THE_EXPORT : Advice.NAME_THE_EXPORT_AND_ITS_LOG);
        }
    }

    private String none(@Nullable String exportId) {
        return "there is no export " + (exportId == null ? "" : exportId + " ") + "in " + output;
    }

    /** What is told of a claim is durable. */
    private List<StandingClaim> standing() {
        return look(output, StandingClaim::read);
    }

    private interface Look<T> {
        T at(Storage storage) throws IOException;
    }

    private <T> T look(DirectoryLocation location, Look<T> look) {
        try (Storage storage = access.storage(location, RUN)) {
            return look.at(storage);
        } catch (IOException e) {
            throw cannotLook(location, e);
        }
    }

    static ExportFailedException cannotLook(DirectoryLocation location, IOException failure) {
        return new ExportFailedException(
                "cannot look into " + location + ": " + Reasons.describe(failure) + "; fix that and run again",
                failure);
    }
}
