package io.pagewalk.cli.text;

import io.pagewalk.ExportResult;
import io.pagewalk.RunFigures;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.PlanFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run says at its beginning and at its end. */
public final class RunTexts {
    private static final long CROWDED = 500_000;

    private final String exportId;
    private final String topic;
    private final DirectoryLocation output;

    public RunTexts(String exportId, String topic, DirectoryLocation output) {
        this.exportId = exportId;
        this.topic = topic;
        this.output = output;
    }

    /** Where the data files go. */
    public DirectoryLocation output() {
        return output;
    }

    public static String cleared(int files) {
        return "removed " + Human.count(files, "unfinished file") + " of runs that were killed";
    }

    /** What was decided. */
    public List<String> frozen(ExportPlan plan) {
        PlanFigures figures = PlanFigures.of(plan);
        List<String> lines = new ArrayList<>();
        NextRun next = plan.nextRun();
        lines.add(named(plan) + ": "
                + what(plan.deadLettersOf(), plan.request().toOptions(), plan.extent()) + ", frozen at "
                + plan.frozenAt() + "; "
                + (figures.pagesAreExact() ? "" : "about ") + Human.count(figures.pages(), "page") + ", "
                + Human.count(figures.files(), "file") + " to "
                + output);
        if (next != null) {
            lines.add("head room " + HeadRoomTexts.of(next.headRoom()));
        }
        lines.add("formats: " + PlanText.flags(plan.formats()) + " (sample: " + PlanText.sample(plan) + ")");
        PlanNotes.of(plan, figures).forEach(note -> lines.add("note: " + note));
        return lines;
    }

    /** Where it goes on. */
    public List<String> resumed(ExportState state) {
        Totals totals = state.totals();
        Extent extent = state.start().extent();
        return List.of(
                named(state) + ": goes on with page " + (totals.pages() + 1) + " of "
                        + what(
                                state.start().deadLettersOf(),
                                state.start().options().requested(),
                                extent)
                        + ", frozen at " + state.start().frozenAt(),
                "committed so far: " + Headlines.committed(totals) + ", " + Human.share(totals.offsets(), extent.size())
                        + " of the offsets");
    }

    /** That nothing is left to do. */
    public List<String> complete(ExportState state) {
        return List.of(
                named(state) + " is complete since " + state.last().committedAt() + ": "
                        + Headlines.committed(state.totals()) + " in " + output,
                "its extent was frozen at " + state.start().frozenAt()
                        + "; --incremental adds what is new since, and for" + " a new snapshot of topic "
                        + state.last().topic() + " run again with another --output");
    }

    /** That all runs are complete, and there is no need for another one. */
    public List<String> nothingNew(@Nullable ExportState state, @Nullable ExportPlan plan, @Nullable DueWindow window) {
        List<String> lines = new ArrayList<>();
        if (state == null) {
            lines.add(exportId + ": "
                    + (window == null
                            ? "topic " + topic + " has no records, so there is no window to begin with"
                            : "nothing is due: " + notDue(window)));
        } else if (window != null) {
            lines.add(exportId + ": nothing is due since run " + state.series().number() + ", " + windowOf(state) + ": "
                    + notDue(window) + "; the series has " + Headlines.committed(state.seriesTotals()) + " in "
                    + output);
        } else if (plan != null) {
            lines.add(nothingNew(state, plan));
        }
        NextRun next = plan == null ? null : plan.nextRun();
        if (next != null && next.headRoom().oldest() != null) {
            lines.add("head room " + HeadRoomTexts.of(next.headRoom()));
        }
        return lines;
    }

    private static String notDue(DueWindow window) {
        return "the next window, " + window.name() + ", "
                + (window.due() == null ? "ends after --to" : "is exported from " + window.due() + " on");
    }

    private String nothingNew(ExportState state, ExportPlan plan) {
        long offsets = plan.extent().size();
        return exportId + ": "
                + (offsets == 0
                        ? "nothing new"
                        : Human.count(offsets, "new offset") + ", fewer than --min-offsets asks for,")
                + " since run " + state.series().number() + ", which was frozen at "
                + state.start().frozenAt() + "; the series has "
                + Headlines.committed(state.seriesTotals()) + " in " + output;
    }

    /** What is to be known of a window before it is exported, after the first of a command. */
    public List<String> nextWindow(ExportPlan plan, ExportPlan before) {
        return PlanNotes.ofNextWindow(plan, before).stream()
                .map(note -> "note: " + named(plan) + ": " + note)
                .toList();
    }

    /** That a window is complete. */
    public List<String> windowComplete(ExportState state) {
        List<String> lines = new ArrayList<>();
        lines.add(named(state) + " is complete: " + Headlines.committed(state.totals()) + " in " + output);
        if (state.totals().outside() > 0) {
            lines.add(TimeTexts.outside(state.start().options(), state.totals())
                    + ", and are exported all the same: a window is a stretch of the log");
        }
        TimeTexts.unordered(state.start().options()).forEach(line -> lines.add("note: " + line));
        return lines;
    }

    private String named(ExportState state) {
        return named(state.series().number(), windowOf(state));
    }

    private static @Nullable String windowOf(ExportState state) {
        return WindowTexts.name(state.start().options());
    }

    private String named(ExportPlan plan) {
        NextRun next = plan.nextRun();
        return named(next == null ? 1 : next.number(), WindowTexts.name(plan));
    }

    /** An export that is no series goes by its id alone. */
    private String named(int run, @Nullable String window) {
        if (window != null) {
            return exportId + " (run " + run + ", " + window + ")";
        }
        return run == 1 ? exportId : exportId + " (run " + run + ")";
    }

    /** The summary. */
    public List<String> end(ExportResult result) {
        RunFigures run = result.figures();
        List<String> lines = new ArrayList<>();
        Totals totals = run.totals();
        ExportState begun = run.begun();
        long offsets = begun == null ? 0 : begun.start().extent().size();
        int number = begun == null ? 1 : begun.series().number();
        boolean toldByWindow = begun != null && begun.start().options().window() != null;
        String name = begun == null ? exportId : named(begun);
        if (result.outcome() == ExportResult.Outcome.LIMIT && begun != null && totals.offsets() == offsets) {
            lines.add(name
                    + " is complete; stopped at the limit before the next run: run the same command again to go on");
        } else if (result.outcome() == ExportResult.Outcome.LIMIT) {
            lines.add(stopped(name, "at its limit", totals, offsets));
        } else if (result.outcome() == ExportResult.Outcome.STOPPED) {
            lines.add(stopped(name, "on request", totals, offsets));
        } else if (!toldByWindow) {
            lines.add(name + " is complete: " + Headlines.committed(totals) + " in " + output);
        }
        if (begun != null && number > 1) {
            lines.add("the series: " + Human.count(number, "run") + ", "
                    + Headlines.committed(begun.series().with(totals)));
        }
        long pages = run.pages() == null ? 0 : run.pages();
        lines.add((run.runs() > 1 ? "this command: " : "this run: ") + Human.count(pages, "page") + ", "
                + Human.count(run.records(), "record")
                + " read in " + Human.duration(run.elapsed()) + ", " + Human.rate(run.bytes(), run.elapsed())
                + (run.adoptedFiles() == 0
                        ? ""
                        : ", " + Human.count(run.adoptedFiles(), "file") + " kept of an interrupted run"));
        if (totals.gaps() > 0) {
            lines.add(Human.count(totals.gaps(), "offset") + " committed so far hold no record (transaction markers,"
                    + " aborted transactions, compaction); --report and status tell of which partitions");
        }
        if (begun != null && !toldByWindow) {
            if (totals.outside() > 0) {
                lines.add(TimeTexts.outside(begun.start().options(), totals)
                        + ", and are exported all the same: a bound by time is a place in the log");
            }
            TimeTexts.unordered(begun.start().options()).forEach(line -> lines.add("note: " + line));
        }
        return lines;
    }

    /** That so many files are in one directory that listing them takes long. */
    public Optional<String> crowded(RunFigures run) {
        ExportState begun = run.begun();
        if (begun == null || !begun.start().naming().directory().isEmpty()) {
            return Optional.empty();
        }
        long files = begun.series().with(run.totals()).files();
        return files < CROWDED
                ? Optional.empty()
                : Optional.of(output + " has " + Human.count(files, "data file")
                        + " of topic " + topic
                        + " in one directory: each run lists them all, and so does each query; expire"
                        + " old runs, or begin a series with --window in another output");
    }

    /** What the extent has and the data files have not. */
    public List<String> lacking(RunFigures run) {
        List<String> lines = new ArrayList<>();
        if (!run.losses().isEmpty()) {
            lines.add(LossTexts.summary(topic, run.losses()));
        }
        ExportState begun = run.begun();
        if (run.totals().setAside() > 0 && begun != null) {
            LogName log = new LogName(exportId, begun.start().naming().generation());
            lines.add(LossTexts.setAside(run.totals()) + ", in " + output + "/" + OutputLayout.deadLetters(log));
        }
        return lines;
    }

    private static String what(@Nullable DeadLettersOf deadLetters, Map<String, String> options, Extent extent) {
        return deadLetters == null
                ? Headlines.extent(extent) + ", " + extent.isolationLevel()
                : Human.count(deadLetters.records(), "record") + " that export " + deadLetters.exportId()
                        + " has set aside in " + options.get("from-dead-letters");
    }

    private String stopped(String name, String why, Totals totals, long offsets) {
        return name + " stopped " + why + ": " + Headlines.committed(totals) + " in " + output + ", "
                + Human.share(totals.offsets(), offsets) + " of the offsets; run the same command again to go on";
    }
}
