package io.pagewalk.cli.text;

import io.pagewalk.RunFigures;
import io.pagewalk.cli.Version;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.location.DirectoryLocation;
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

/**
 * What a run did, as the document of {@code --report}. Its fields are part of the interface.
 *
 * @param exportId the export's name
 * @param topic its topic
 * @param output where its data files go
 * @param threads how many worked
 */
public record RunReport(String exportId, String topic, DirectoryLocation output, int threads) {
    /**
     * The document.
     *
     * @param error the failure's line, or null if the run did not fail
     */
    public Map<String, Object> of(RunFigures figures, ExitCode code, @Nullable String error) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("pagewalk", Version.get());
        report.put("exitCode", code.code());
        report.put("outcome", code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("error", error);
        report.put("exportId", exportId);
        report.put("topic", topic);
        report.put("output", output.toString());
        ExportState begun = figures.begun();
        if (begun != null) {
            addExport(report, begun, figures);
        }
        report.put("run", run(figures));
        ExportPlan plan = figures.plan();
        if (plan != null) {
            report.put("notes", PlanNotes.of(plan, PlanFigures.of(plan)));
        }
        return report;
    }

    private static void addExport(Map<String, Object> report, ExportState state, RunFigures figures) {
        Totals totals = figures.totals();
        Extent extent = state.start().extent();
        report.put("topicId", extent.topicId().toString());
        report.put("clusterId", extent.clusterId());
        report.put("isolationLevel", extent.isolationLevel().name().toLowerCase(Locale.ROOT));
        report.put("frozenAt", state.start().frozenAt().toString());
        report.put("options", state.start().options().requested());
        report.put("resolvedOptions", state.start().options().resolved());
        report.put("deadLettersOf", StatusText.deadLettersOf(state.start().deadLettersOf()));
        report.put("committed", TotalsJson.of(totals));
        report.put("gaps", LossTexts.gapsDocument(figures.gaps()));
        report.put("losses", LossTexts.lossesDocument(figures.losses()));
        report.put("totalOffsets", extent.size());
        report.put("remainingOffsets", extent.size() - totals.offsets());
        report.put("unorderedTimes", TimeTexts.unorderedDocument(state.start().options()));
        report.put("compacted", state.start().compaction().toJson());
        report.put("openTransactions", PlanJson.openTransactions(state.start().openTransactions()));
    }

    private Map<String, Object> run(RunFigures figures) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("startedAt", figures.startedAt().toString());
        run.put("endedAt", Instant.now().toString());
        run.put("durationMs", figures.elapsed().toMillis());
        run.put("resumed", figures.begun() != null && figures.plan() == null);
        run.put("pages", figures.pages());
        run.put("recordsRead", figures.records());
        run.put("bytesRead", figures.bytes());
        run.put("bytesFetched", figures.fetchedBytes());
        run.put("megabytesPerSecond", Human.megabytesPerSecond(figures.bytes(), figures.elapsed()));
        run.put("adoptedFiles", figures.adoptedFiles());
        run.put("threads", threads);
        run.put("threadTimes", threadTimes(figures));
        return run;
    }

    private static Map<String, Object> threadTimes(RunFigures figures) {
        Map<String, Object> document = new LinkedHashMap<>();
        figures.threadMillis().forEach((activity, millis) -> document.put(activity + "Ms", millis));
        document.put("idleShare", figures.idleShare());
        return document;
    }
}
