package io.pagewalk;

import io.pagewalk.audit.AuditResult;
import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.follow.TableFollower;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.audit.ExportAudit;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.deletion.SeriesExpiry;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Catalogue;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.internal.follow.FollowedPlace;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.series.NextRunPlan;
import io.pagewalk.internal.typed.RunFormats;
import io.pagewalk.internal.typed.SharedFormats;
import io.pagewalk.log.Expiry;
import io.pagewalk.log.ExportState;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** An export that is there already, whoever has run it. Any thread may use it; each question opens what it needs. */
public final class StoredExport {
    private final Connection connection;
    private final ExportPlace place;
    private final FollowedPlace followed;

    StoredExport(Connection connection, ExportPlace place) {
        this.connection = connection;
        this.place = place;
        this.followed = new FollowedPlace(connection, place.output(), place.log(), place.exportId());
    }

    /** Where it was looked for. */
    public ExportPlace place() {
        return place;
    }

    /**
     * Where it stands. What is told of the log is durable.
     *
     * @throws UsageException if there is no such export, or more than one that could be meant
     */
    public ExportStatus status() {
        Access access = connection.access(new StopSignal());
        return ask(access, () -> status(access));
    }

    private ExportStatus status(Access access) throws IOException {
        Catalogue catalogue = new Catalogue(access, place.output());
        FoundExport found = catalogue.find(place.log(), place.exportId());
        try (ExportPlaces places = ExportPlaces.openToTell(access, place.output(), found, connection.newOrigin())) {
            Optional<ExportState> state = places.logs().last().map(RunLogs.Found::state);
            return new ExportStatus(
                    found.exportId(),
                    found.log().generation(),
                    state.isPresent() ? state.get().last().topic() : notStarted(catalogue, found, places),
                    places.logs().location(),
                    OutputLayout.deadLetters(found.log()),
                    state.orElse(null),
                    state.map(ExportState::series)
                            .filter(series -> !state.get().isComplete())
                            .flatMap(series -> places.logs().lastUpTo(series.number() - 1))
                            .map(RunLogs.Found::state)
                            .orElse(null),
                    state.map(last -> marked(places.logs(), last)).orElse(List.of()));
        }
    }

    /** Each names the one before it, so no other run is read. Those that have expired are gone. */
    private static List<ExportState> marked(RunLogs logs, ExportState last) {
        List<ExportState> marked = new ArrayList<>();
        int run = last.series().lastMarked();
        while (run > 0 && marked.size() < ExportStatus.MOST_MARKED) {
            Optional<ExportState> state = logs.unexpired(run).map(RunLogs.Found::state);
            state.ifPresent(marked::add);
            run = state.map(found -> found.series().lastMarked()).orElse(0);
        }
        return marked;
    }

    /** An export claims its output before it has a checkpoint; who waits for it shall go on waiting. */
    private String notStarted(Catalogue catalogue, FoundExport found, ExportPlaces places) throws IOException {
        return catalogue
                .claimedTopic(places.claim(), places.stores())
                .orElseThrow(() -> new UsageException(
                        "export " + found.exportId() + " in " + place.output() + " has no checkpoint in "
                                + places.logs().location() + ": it was never started, or its log is elsewhere",
                        Advice.NAME_THE_LOG));
    }

    /**
     * What the next run of the series would cover, if it began now, and how far the topic's retention is from that.
     *
     * @param last where it stands
     * @return empty if the connection names no cluster, or it is an export of dead letters
     * @throws io.pagewalk.error.TopicChangedException if the topic is not the same any more, so that there is no next run
     */
    public Optional<ExportPlan> nextRun(ExportState last) {
        if (!connection.namesCluster() || last.start().deadLettersOf() != null) {
            return Optional.empty();
        }
        Map<String, String> pinned = last.start().options().requested();
        ExportSpec spec = ExportSpec.builder(
                        last.start().extent().topic(), last.start().options().fileSettings())
                .isolationLevel(last.start().extent().isolationLevel())
                .partitions(PartitionSet.parse(pinned.getOrDefault("partitions", "all")))
                .build();
        Access access = connection.access(new StopSignal());
        return Optional.of(ask(access, () -> {
            try (KafkaCluster cluster = connection.openCluster("the next run", new StopSignal(), access.waits())) {
                return NextRunPlan.of(cluster, spec, last, null);
            }
        }));
    }

    /**
     * Audits it from its own log, and changes nothing.
     *
     * @throws UsageException if there is no such export, or more than one that could be meant
     */
    public Verification verify(VerifyOptions options) {
        if (options.againstTopic()) {
            connection.settings("a comparison with the topic");
        }
        Access access = connection.access(new StopSignal());
        return ask(access, () -> verify(access, options));
    }

    private Verification verify(Access access, VerifyOptions options) throws IOException {
        Catalogue.Audited found = new Catalogue(access, place.output()).findToAudit(place.log(), place.exportId());
        List<ExportPlaces> opened = new ArrayList<>();
        try {
            ExportPlaces places = openToAudit(access, found.target(), opened);
            List<CheckpointStores> others = new ArrayList<>();
            for (FoundExport other : found.others()) {
                others.add(openToAudit(access, other, opened).stores());
            }
            AuditResult result = audit(access, places, others, options);
            return new Verification(places.logs().exportId(), places.logs().location(), result);
        } finally {
            for (ExportPlaces places : opened) {
                places.close();
            }
        }
    }

    private ExportPlaces openToAudit(Access access, FoundExport found, List<ExportPlaces> opened) {
        ExportPlaces places = ExportPlaces.openReadOnly(access, place.output(), found, connection.newOrigin());
        opened.add(places);
        return places;
    }

    private AuditResult audit(
            Access access, ExportPlaces places, List<CheckpointStores> others, VerifyOptions options) {
        // Not that of the connection: an audit reads each schema's file itself.
        SharedFormats shared = new SharedFormats();
        try (KafkaCluster cluster = options.againstTopic()
                ? connection.openCluster("a comparison with the topic", new StopSignal(), access.waits())
                : null) {
            return new ExportAudit(
                            places.output(),
                            place.output().toString(),
                            places.stores(),
                            places.claim(),
                            pinned -> RunFormats.of(pinned, places.output(), shared),
                            options.deep(),
                            cluster,
                            options.workers(),
                            options.findings())
                    .run(options.lastRuns(), others);
        }
    }

    /**
     * What {@link #expire} would remove of a series: the oldest runs that were frozen longer ago, but never the last complete one.
     *
     * @param age how long runs are kept
     * @throws UsageException if there is no such export, or its log is damaged
     */
    public Expiry olderThan(Duration age) {
        return onExpiry(expiry -> expiry.olderThan(age, Instant.now()));
    }

    /** Likewise: all but the last complete runs, so many, at least 1. */
    public Expiry butLast(int kept) {
        return onExpiry(expiry -> expiry.butLast(kept));
    }

    /**
     * Removes runs, after it has put on record, for good, that they have expired.
     *
     * @throws UsageException if a table follows the export: then {@link StoredTable#expire} does it
     * @throws ExportFailedException if something cannot be removed; the next expiry goes on
     */
    public void expire(Expiry expiry) {
        followed.requireNone();
        expireHere(expiry);
    }

    private void expireHere(Expiry expiry) {
        onExpiry(series -> {
            series.expire(expiry);
            return true;
        });
    }

    private <T> T onExpiry(Question<SeriesExpiry, T> question) {
        Access access = connection.access(new StopSignal());
        return ask(access, () -> {
            FoundExport found = new Catalogue(access, place.output()).find(place.log(), place.exportId());
            try (ExportPlaces places =
                    ExportPlaces.openToDelete(access, place.output(), found, connection.newOrigin())) {
                return question.ask(new SeriesExpiry(places.output(), places.stores(), places.logs(), places.claim()));
            }
        });
    }

    /**
     * What {@link #remove} would remove, by the export's log; empty if nothing is there.
     *
     * @throws UsageException if a run of it is alive, if its log or its claim is damaged, or if more than one export could be
     *     meant
     */
    public Optional<Removal> removal() {
        return onRemover(Remover::find);
    }

    /** Likewise, without a look at its log: by the names of the files; empty if no claim of an export is there. */
    public Optional<Removal> removalWithoutLog() {
        return onRemover(Remover::findWithoutLog);
    }

    /**
     * Removes the export, so that it can be begun anew. What remains for good is a small record of that.
     *
     * @return how many unfinished files of runs that were killed were removed with it
     * @throws UsageException if it has changed since, a run of it is alive, or a table follows it ({@link StoredTable#remove} does it)
     */
    public int remove(Removal removal) {
        return onRemover(remover -> remover.remove(removal, true));
    }

    private int removeHere(Removal removal) {
        return onRemover(remover -> remover.remove(removal, false));
    }

    /** The table that follows the export, by its own record; empty if none does. */
    public Optional<TableFollower> follower() {
        return followed.follower();
    }

    /** This export and a table, which follows it or is to follow it. Nothing is opened yet. */
    public StoredTable table(TableRequest request) {
        return followed.by(request, this::expireHere, this::removeHere);
    }

    /**
     * Clears away what runs that were killed have left unfinished.
     *
     * @return how many files were removed
     */
    public int clearAway() {
        return onRemover(Remover::clearAway);
    }

    private <T> T onRemover(Question<Remover, T> question) {
        Access access = connection.access(new StopSignal());
        return ask(access, () -> question.ask(new Remover(connection, access, place)));
    }

    private interface Question<S, T> {
        T ask(S of) throws IOException;
    }

    private <T> T ask(Access access, Callable<T> question) {
        return connection.ask(access, question);
    }
}
