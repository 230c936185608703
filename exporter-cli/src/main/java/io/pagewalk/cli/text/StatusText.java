package io.pagewalk.cli.text;

import io.pagewalk.ExportStatus;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.Window;
import io.pagewalk.plan.WindowCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an export stands, for people. */
public final class StatusText {
    private StatusText() {}

    /** In one line. */
    public static String line(ExportStatus status) {
        ExportState state = status.state();
        if (state == null) {
            return "not started";
        }
        int run = state.series().number();
        Totals totals = state.totals();
        long offsets = state.start().extent().size();
        return (state.isComplete()
                        ? "complete"
                        : "not complete, " + Human.share(totals.offsets(), offsets) + " of its offsets")
                + (run > 1 ? ", run " + run : "") + ", " + Headlines.committed(totals) + ", frozen at "
                + state.start().frozenAt()
                + (state.isMarked() ? "; with something on record" : "");
    }

    /**
     * All of it.
     *
     * @param next of a series, what the next run would be; null if nobody has looked
     * @param table how far the table has come that follows; null if none does
     */
    public static List<String> lines(ExportStatus status, @Nullable ExportPlan next, @Nullable String table) {
        ExportState state = status.state();
        if (state == null) {
            return notStartedLines(status);
        }
        List<String> lines = lines(status, state);
        nextRun(state, next).ifPresent(lines::add);
        headRoom(state, next).ifPresent(lines::add);
        if (table != null) {
            lines.add("Table        " + table);
        }
        lines.add("Options      " + options(state));
        return lines;
    }

    private static Optional<String> nextRun(ExportState state, @Nullable ExportPlan next) {
        if (!state.isComplete()) {
            return Optional.empty();
        }
        Window window = state.start().options().window();
        WindowCalendar calendar = state.start().options().calendar();
        String offsets = next == null ? "" : Human.count(next.extent().size(), "new offset");
        if (window != null && calendar != null) {
            Window after = calendar.after(window);
            return Optional.of("Next run     window " + calendar.name(after) + ", --window-delay after " + after.end()
                    + (next == null ? "" : "; " + offsets + " so far"));
        }
        return next == null
                ? Optional.empty()
                : Optional.of("Next run     would begin where this one has ended; " + offsets);
    }

    private static Optional<String> headRoom(ExportState state, @Nullable ExportPlan next) {
        NextRun nextRun = next == null ? null : next.nextRun();
        if (nextRun != null) {
            return Optional.of("Head room    " + HeadRoomTexts.of(nextRun.headRoom()));
        }
        HeadRoom known = state.series().headRoom();
        return known == null
                ? Optional.empty()
                : Optional.of("Head room    " + HeadRoomTexts.of(known) + " (at " + known.at()
                        + "; --bootstrap-server tells of now)");
    }

    private static List<String> lines(ExportStatus status, ExportState state) {
        Extent extent = state.start().extent();
        Checkpoint last = state.last();
        Totals totals = state.totals();
        PageToken next = state.next();
        List<String> lines = new ArrayList<>();
        lines.add(Headlines.export(status.exportId(), extent));
        lines.add("State        "
                + (next == null
                        ? "complete"
                        : "not complete, " + Human.share(totals.offsets(), extent.size()) + " committed, page "
                                + next.page() + " is next"));
        lines.add("Extent       " + Headlines.extent(extent) + ", frozen at "
                + state.start().frozenAt());
        Window window = state.start().options().window();
        if (window != null) {
            lines.add("Window       " + WindowTexts.name(state.start().options()) + ", from " + window.start() + " to "
                    + window.end());
        }
        DeadLettersOf deadLetters = state.start().deadLettersOf();
        if (deadLetters != null) {
            lines.add(madeOf(deadLetters));
        }
        lines.add("Committed    " + Headlines.committed(totals));
        if (state.series().number() > 1) {
            lines.add("Series       run " + state.series().number() + ", with those before it "
                    + Headlines.committed(state.seriesTotals()));
        }
        ExportState before = status.before();
        if (before != null) {
            lines.add("Run before   " + before.series().number() + ", complete since "
                    + before.last().committedAt());
        }
        if (!state.series().lostBefore().isEmpty()) {
            lines.add("Lost before  "
                    + LossTexts.ranges(last.topic(), state.series().lostBefore()));
        }
        if (state.series().lastMarked() > 0) {
            lines.add("On record    of runs before: "
                    + lostAndAside(
                            state.series().before().lost(),
                            state.series().before().setAside()));
            status.marked()
                    .forEach(marked ->
                            lines.add("On record    of run " + marked.series().number() + ": "
                                    + lostAndAside(
                                            marked.totals().lost() + lostBefore(marked),
                                            marked.totals().setAside())));
        }
        if (!state.gaps().isEmpty()) {
            lines.add("Gaps         " + Human.count(totals.gaps(), "offset") + " without a record: "
                    + LossTexts.gaps(last.topic(), state.gaps()));
        }
        if (!state.losses().isEmpty()) {
            lines.add("Lost         " + Human.count(totals.lost(), "offset") + ": "
                    + LossTexts.ranges(last.topic(), state.losses()));
        }
        if (totals.setAside() > 0) {
            lines.add("Set aside    " + Human.count(totals.setAside(), "record")
                    + " that do not fit into the data files, in " + status.deadLetters());
        }
        if (totals.outside() > 0) {
            lines.add("Outside      " + TimeTexts.outside(state.start().options(), totals));
        }
        lines.add("Last commit  " + last.committedAt() + ", by " + last.origin() + " (checkpoint " + last.sequence()
                + ")");
        return lines;
    }

    private static String lostAndAside(long lost, long setAside) {
        return Human.count(lost, "offset") + " lost, " + Human.count(setAside, "record") + " set aside";
    }

    private static long lostBefore(ExportState state) {
        return state.series().lostBefore().stream()
                .mapToLong(lost -> lost.range().size())
                .sum();
    }

    /** Of an export that has claimed its output and has no checkpoint yet. */
    private static List<String> notStartedLines(ExportStatus status) {
        return List.of("Export       " + status.exportId() + " of topic " + status.topic(), "State        not started");
    }

    static String madeOf(DeadLettersOf deadLetters) {
        return "Made of      " + Human.count(deadLetters.records(), "record") + " that export " + deadLetters.exportId()
                + " (generation " + deadLetters.generation() + ") has set aside";
    }

    private static String options(ExportState state) {
        List<String> options = new ArrayList<>();
        state.start().options().requested().forEach((name, value) -> {
            if (!name.equals("topic")) {
                String resolved = state.start().options().resolved().get(name);
                options.add(
                        name + "=" + value + (resolved == null || resolved.equals(value) ? "" : " (" + resolved + ")"));
            }
        });
        return String.join(", ", options);
    }
}
