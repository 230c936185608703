package io.pagewalk.cli.text;

import io.pagewalk.cli.Version;
import io.pagewalk.cli.command.RunFacts;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.internal.progress.ThreadTimes;
import io.pagewalk.internal.progress.ThreadTimes.Activity;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.PlanFigures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run did, as the document of {@code --report}. Its fields are part of the interface. */
public final class RunReport {
    private RunReport() {}

    /** @param error the failure's line, or null if the run did not fail */
    public static Map<String, Object> of(RunFacts facts, ExitCode code, @Nullable String error) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("pagewalk", Version.get());
        report.put("exitCode", code.code());
        report.put("outcome", code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("error", error);
        report.put("exportId", facts.setup().exportId());
        report.put("topic", facts.setup().request().topic());
        report.put("output", facts.setup().output().toString());
        ExportState begun = facts.begun();
        if (begun != null) {
            addExport(report, begun, facts);
        }
        report.put("run", run(facts));
        ExportPlan plan = facts.plan();
        if (plan != null) {
            report.put("notes", PlanNotes.of(plan, PlanFigures.of(plan)));
        }
        return report;
    }

    private static void addExport(Map<String, Object> report, ExportState state, RunFacts facts) {
        Totals totals = facts.totals();
        Extent extent = state.start().extent();
        report.put("topicId", extent.topicId().toString());
        report.put("clusterId", extent.clusterId());
        report.put("isolationLevel", extent.isolationLevel().name().toLowerCase(Locale.ROOT));
        report.put("frozenAt", state.start().frozenAt().toString());
        report.put("options", state.start().options().requested());
        report.put("resolvedOptions", state.start().options().resolved());
        report.put("deadLettersOf", StatusText.deadLettersOf(state.start().deadLettersOf()));
        report.put("committed", TotalsJson.of(totals));
        report.put("gaps", LossTexts.gapsDocument(facts.gaps()));
        report.put("losses", LossTexts.lossesDocument(facts.losses()));
        report.put("totalOffsets", extent.size());
        report.put("remainingOffsets", extent.size() - totals.offsets());
        report.put("unorderedTimes", TimeTexts.unorderedDocument(state.start().options()));
        report.put("compacted", state.start().compaction().toJson());
        report.put("openTransactions", PlanJson.openTransactions(state.start().openTransactions()));
    }

    private static Map<String, Object> run(RunFacts facts) {
        ExportState begun = facts.begun();
        WalkResult result = facts.result();
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("startedAt", facts.startedAt().toString());
        run.put("endedAt", Instant.now().toString());
        run.put("durationMs", facts.elapsed().toMillis());
        run.put("resumed", begun != null && facts.plan() == null);
        run.put("pages", result == null ? null : result.pages());
        run.put("recordsRead", facts.progress().records());
        run.put("bytesRead", facts.progress().bytes());
        run.put("bytesFetched", facts.progress().fetchedBytes());
        run.put("megabytesPerSecond", Human.megabytesPerSecond(facts.progress().bytes(), facts.elapsed()));
        run.put("adoptedFiles", facts.progress().adoptedFiles());
        run.put("threads", facts.setup().threads());
        run.put("threadTimes", threadTimes(facts.progress().threadTimes()));
        return run;
    }

    private static Map<String, Object> threadTimes(ThreadTimes times) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (Activity activity : Activity.values()) {
            document.put(activity.name().toLowerCase(Locale.ROOT) + "Ms", times.millis(activity));
        }
        document.put("idleShare", times.idleShare());
        return document;
    }
}
