package io.pagewalk.cli.text;

import io.pagewalk.cli.command.ExportSetup;
import io.pagewalk.cli.command.RunFacts;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.PlanFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run says at its beginning and at its end. */
public final class RunTexts {
    private RunTexts() {}

    /** What was decided, or where it goes on. */
    public static List<String> begin(RunFacts facts, ExportPlaces places) {
        ExportState state = facts.begun();
        if (state == null) {
            return List.of();
        }
        if (state.isComplete()) {
            return complete(state, facts.setup());
        }
        ExportPlan plan = facts.plan();
        return plan == null ? resumed(state, facts.setup()) : frozen(plan, places);
    }

    private static List<String> frozen(ExportPlan plan, ExportPlaces places) {
        PlanFigures figures = PlanFigures.of(plan);
        List<String> lines = new ArrayList<>();
        lines.add(places.log().exportId() + ": "
                + what(plan.deadLettersOf(), plan.request().toOptions(), plan.extent()) + ", frozen at "
                + plan.frozenAt() + "; "
                + (figures.pagesAreExact() ? "" : "about ") + Human.count(figures.pages(), "page") + ", "
                + Human.count(figures.files(), "file") + " to "
                + places.output().location());
        lines.add("formats: " + PlanText.flags(plan.formats()) + " (sample: " + PlanText.sample(plan) + ")");
        PlanNotes.of(plan, figures).forEach(note -> lines.add("note: " + note));
        return lines;
    }

    private static List<String> resumed(ExportState state, ExportSetup setup) {
        Totals totals = state.totals();
        Extent extent = state.start().extent();
        return List.of(
                setup.exportId() + ": goes on with page " + (totals.pages() + 1) + " of "
                        + what(
                                state.start().deadLettersOf(),
                                state.start().options().requested(),
                                extent)
                        + ", frozen at " + state.start().frozenAt(),
                "committed so far: " + committed(totals) + ", " + Human.share(totals.offsets(), extent.size())
                        + " of the offsets");
    }

    private static List<String> complete(ExportState state, ExportSetup setup) {
        return List.of(
                setup.exportId() + " is complete since " + state.last().committedAt() + ": " + committed(state.totals())
                        + " in " + setup.output(),
                "its extent was frozen at " + state.start().frozenAt() + "; for a new snapshot of topic "
                        + state.last().topic() + " run again with another --output");
    }

    /** The summary. */
    public static List<String> end(RunFacts facts, WalkResult result) {
        ExportSetup setup = facts.setup();
        List<String> lines = new ArrayList<>();
        Totals totals = result.totals();
        ExportState begun = facts.begun();
        long offsets = begun == null ? 0 : begun.start().extent().size();
        lines.add(
                switch (result.outcome()) {
                    case COMPLETE -> setup.exportId() + " is complete: " + committed(totals) + " in " + setup.output();
                    case LIMIT -> stopped(setup, "at its limit", totals, offsets);
                    case STOPPED -> stopped(setup, "on request", totals, offsets);
                });
        long adopted = facts.progress().adoptedFiles();
        lines.add("this run: " + Human.count(result.pages(), "page") + ", "
                + Human.count(facts.progress().records(), "record") + " read in " + Human.duration(facts.elapsed())
                + ", " + Human.rate(facts.progress().bytes(), facts.elapsed())
                + (adopted == 0 ? "" : ", " + Human.count(adopted, "file") + " kept of an interrupted run"));
        if (totals.gaps() > 0) {
            lines.add(Human.count(totals.gaps(), "offset") + " committed so far hold no record (transaction markers,"
                    + " aborted transactions, compaction); --report and status tell of which partitions");
        }
        if (begun != null) {
            if (totals.outside() > 0) {
                lines.add(TimeTexts.outside(begun.start().options(), totals)
                        + ", and are exported all the same: a bound by time is a place in the log");
            }
            TimeTexts.unordered(begun.start().options()).forEach(line -> lines.add("note: " + line));
        }
        return lines;
    }

    private static String what(@Nullable DeadLettersOf deadLetters, Map<String, String> options, Extent extent) {
        return deadLetters == null
                ? extent(extent)
                : Human.count(deadLetters.records(), "record") + " that export " + deadLetters.exportId()
                        + " has set aside in " + options.get("from-dead-letters");
    }

    private static String stopped(ExportSetup setup, String why, Totals totals, long offsets) {
        return setup.exportId() + " stopped " + why + ": " + committed(totals) + " in " + setup.output() + ", "
                + Human.share(totals.offsets(), offsets) + " of the offsets; run the same command again to go on";
    }

    private static String committed(Totals totals) {
        return Human.count(totals.pages(), "page") + ", " + Human.count(totals.files(), "file") + ", "
                + Human.count(totals.records(), "record") + ", " + Human.bytes(totals.bytes());
    }

    private static String extent(Extent extent) {
        return Human.count(extent.size(), "offset") + " in "
                + Human.count(extent.partitions().size(), "partition") + ", "
                + extent.isolationLevel().name().toLowerCase(Locale.ROOT);
    }
}
