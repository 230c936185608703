package io.pagewalk.internal.audit;

import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.execution.AuditFormats;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.GroupsFile;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.ExpiryRecord;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.plan.TopicFacts.KeptGroups;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.SourceTopic;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Audits one export: its log entry by entry, every file its log lists, and what else lies in its output; of a series the logs of
 * all runs, and that each continues the one before. Reads only. Memory grows with the number of files and partitions, not with what
 * is in the files. One audit, one thread.
 */
public final class ExportAudit {
    private final Storage output;
    private final String location;
    private final CheckpointStores logs;
    private final Claim claim;
    private final Function<AuditWork.Pinned, AuditFormats> formats;
    private final OrderedChecks checks;
    private final Consumer<Finding> findings;
    private final boolean deep;
    private final @Nullable SourceTopic topic;
    private long count;

    /**
     * @param output where the data files are
     * @param location the same as text, for workers
     * @param logs the export's logs
     * @param claim as the export has published it
     * @param formats makes what data files are read with from what an export has pinned; a {@link UsageException} or an {@link
     *     IllegalArgumentException} of it is a finding
     * @param deep whether to decode every record
     * @param topic what to compare the files with, or null for nothing; it makes the audit deep
     * @param workers who checks files elsewhere, or null to check them here; a comparison with the topic is made here
     * @param findings told of each finding when it is found
     */
    public ExportAudit(
            Storage output,
            String location,
            CheckpointStores logs,
            Claim claim,
            Function<AuditWork.Pinned, AuditFormats> formats,
            boolean deep,
            @Nullable SourceTopic topic,
            AuditWorkers.@Nullable Opener workers,
            Consumer<Finding> findings) {
        this.output = output;
        this.location = location;
        this.logs = logs;
        this.claim = claim;
        this.formats = formats;
        this.deep = deep || topic != null;
        this.topic = topic;
        this.checks = new OrderedChecks(topic == null ? workers : null, finding -> {
            count++;
            findings.accept(finding);
        });
        this.findings = checks::tell;
    }

    /**
     * Audits the export.
     *
     * @param lastRuns how many runs to audit, from the last one on; the files of the others are not extra
     * @param others the logs of other exports in this output: what they list is not extra
     * @throws ExportFailedException if something cannot be read
     * @throws io.pagewalk.error.TopicChangedException if the topic is not the one that was exported
     */
    public AuditResult run(int lastRuns, List<CheckpointStores> others) {
        RunAudit.With with = new RunAudit.With(
                output,
                location,
                claim,
                formats,
                deep,
                topic,
                checks,
                new OutputFiles(output),
                new DeadLetterAudit(output, claim.log(), findings),
                new TreeMap<>());
        int expired = expired();
        int[] listed = runs(logs);
        int[] runs = IntStream.of(listed).filter(run -> run > expired).toArray();
        int first = Math.max(0, runs.length - lastRuns);
        for (int run : listed) {
            if (run <= expired) {
                // The rest of an expiry.
                with.present().takeListedBy(logs.of(run));
                with.deadLetters().takeListedBy(logs.of(run));
            }
        }
        for (int i = 0; i < first; i++) {
            with.present().takeListedBy(logs.of(runs[i]));
            with.deadLetters().takeListedBy(logs.of(runs[i]));
        }
        SeriesAudit series = new SeriesAudit(with, logs, findings);
        if (runs.length == 0) {
            series.run(expired + 1);
        } else if (first == 0 && expired > 0) {
            series.goOnAfter(expiry(expired), runs[0]);
        }
        for (int i = first; i < runs.length; i++) {
            series.run(runs[i]);
        }
        checkClaim(series.topic());
        for (CheckpointStores other : others) {
            for (int run : runs(other)) {
                with.present().takeListedBy(other.of(run));
            }
        }
        for (String name : with.present().left()) {
            findings.accept(new Finding(name, "extra: no checkpoint in this output lists it"));
        }
        with.deadLetters().finish();
        return series.result(count);
    }

    private int expired() {
        try {
            return logs.expired();
        } catch (IOException e) {
            throw cannotList(logs, e);
        }
    }

    private @Nullable ExpiryRecord expiry(int run) {
        String place = "the record that run " + run + " has expired";
        try {
            return ExpiryRecord.decode(logs.readExpiry(run), place);
        } catch (NewerVersionException e) {
            throw e;
        } catch (UsageException e) {
            findings.accept(
                    new Finding(place, e.problem().substring(place.length()).strip()));
            return null;
        } catch (IOException e) {
            throw cannotList(logs, e);
        }
    }

    private static ExportFailedException cannotList(CheckpointStores logs, IOException e) {
        return new ExportFailedException(
                "cannot list the runs in " + logs.location() + ": " + Reasons.describe(e) + "; fix that and run again",
                e);
    }

    private static int[] runs(CheckpointStores logs) {
        try {
            return logs.runs();
        } catch (IOException e) {
            throw cannotList(logs, e);
        }
    }

    private void checkClaim(@Nullable String topicName) {
        if (topicName == null) {
            return;
        }
        String subject = OutputLayout.claim(topicName, claim.generation());
        try {
            Claims claims = Claims.of(output, topicName);
            Optional<Claim> found = claims.current();
            if (claims.isDeleted(claim.generation())) {
                findings.accept(new Finding(
                        OutputLayout.deletion(topicName, claim.generation()),
                        "says that the export was deleted: delete it again to finish that"));
            } else if (found.isEmpty()) {
                findings.accept(new Finding(subject, "missing: the claim of export " + claim.exportId()));
            } else if (!found.get().equals(claim)) {
                findings.accept(new Finding(subject, "it is " + found.get() + ", not " + claim));
            }
        } catch (NewerVersionException e) {
            throw e;
        } catch (UsageException e) {
            findings.accept(new Finding(subject, e.problem()));
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read " + subject + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
    }

    /** Checks what is kept of consumer groups, if a run has kept any. */
    static void checkGroups(Storage output, @Nullable TopicFacts facts, Consumer<Finding> findings) {
        KeptGroups kept = facts == null ? null : facts.groups();
        if (kept == null) {
            return;
        }
        try {
            String problem = GroupsFile.problem(output, kept);
            if (problem != null) {
                findings.accept(new Finding(kept.file(), problem + "; " + LogWalk.place(0) + " lists it"));
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read " + output.location() + "/" + kept.file() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }
}
