package io.pagewalk.cli.text;

import io.pagewalk.ExportStatus;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.DeadLettersOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an export stands, for people and for programs. */
public final class StatusText {
    private StatusText() {}

    public static List<String> lines(ExportStatus status) {
        ExportState state = status.state();
        return state == null ? notStartedLines(status) : lines(status, state);
    }

    private static List<String> lines(ExportStatus status, ExportState state) {
        Extent extent = state.start().extent();
        Checkpoint last = state.last();
        Totals totals = state.totals();
        PageToken next = state.next();
        List<String> lines = new ArrayList<>();
        lines.add("Export       " + status.exportId() + " of topic " + last.topic() + " (topic id " + extent.topicId()
                + ", cluster " + extent.clusterId() + ")");
        lines.add("State        "
                + (next == null
                        ? "complete"
                        : "not complete, " + Human.share(totals.offsets(), extent.size()) + " committed, page "
                                + next.page() + " is next"));
        lines.add("Extent       " + Human.count(extent.size(), "offset") + " in "
                + Human.count(extent.partitions().size(), "partition") + ", frozen at "
                + state.start().frozenAt());
        DeadLettersOf deadLetters = state.start().deadLettersOf();
        if (deadLetters != null) {
            lines.add(madeOf(deadLetters));
        }
        lines.add("Committed    " + Human.count(totals.pages(), "page") + ", " + Human.count(totals.files(), "file")
                + ", " + Human.count(totals.records(), "record") + ", " + Human.bytes(totals.bytes()));
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
        lines.add("Options      " + options(state));
        return lines;
    }

    /** Of an export that has claimed its output and has no checkpoint yet. */
    private static List<String> notStartedLines(ExportStatus status) {
        return List.of("Export       " + status.exportId() + " of topic " + status.topic(), "State        not started");
    }

    /** Likewise. */
    private static Map<String, Object> notStartedDocument(ExportStatus status) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("exportId", status.exportId());
        document.put("topic", status.topic());
        document.put("state", "not-started");
        document.put("complete", false);
        return document;
    }

    public static Map<String, Object> document(ExportStatus status) {
        ExportState state = status.state();
        return state == null ? notStartedDocument(status) : document(status, state);
    }

    private static Map<String, Object> document(ExportStatus status, ExportState state) {
        Extent extent = state.start().extent();
        Totals totals = state.totals();
        @Nullable PageToken next = state.next();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("exportId", status.exportId());
        document.put("topic", state.last().topic());
        document.put("topicId", extent.topicId().toString());
        document.put("clusterId", extent.clusterId());
        document.put("isolationLevel", extent.isolationLevel().name().toLowerCase(Locale.ROOT));
        document.put("state", state.isComplete() ? "complete" : "not-complete");
        document.put("complete", state.isComplete());
        document.put("frozenAt", state.start().frozenAt().toString());
        document.put("deadLettersOf", deadLettersOf(state.start().deadLettersOf()));
        document.put("committed", TotalsJson.of(totals));
        document.put("gaps", LossTexts.gapsDocument(state.gaps()));
        document.put("losses", LossTexts.lossesDocument(state.losses()));
        document.put("totalOffsets", extent.size());
        document.put("remainingOffsets", extent.size() - totals.offsets());
        document.put("lastCommitAt", state.last().committedAt().toString());
        document.put("lastCommitBy", state.last().origin().toString());
        document.put("sequence", state.last().sequence());
        document.put("options", state.start().options().requested());
        document.put("resolvedOptions", state.start().options().resolved());
        document.put("nextPage", next == null ? null : next.page());
        document.put("nextPageToken", next == null ? null : next.encode());
        return document;
    }

    static String madeOf(DeadLettersOf deadLetters) {
        return "Made of      " + Human.count(deadLetters.records(), "record") + " that export " + deadLetters.exportId()
                + " (generation " + deadLetters.generation() + ") has set aside";
    }

    /** Null for an export of a topic. */
    static @Nullable Map<String, Object> deadLettersOf(@Nullable DeadLettersOf deadLetters) {
        if (deadLetters == null) {
            return null;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("exportId", deadLetters.exportId());
        document.put("generation", deadLetters.generation());
        document.put("records", deadLetters.records());
        return document;
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
