package io.pagewalk.cli.text;

import io.pagewalk.model.OffsetRange;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PlannedColumn;
import io.pagewalk.payload.PlannedSchemas;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.PlanFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan for people. */
public final class PlanText {
    private PlanText() {}

    /** In one line. */
    public static String line(ExportPlan plan) {
        PlanFigures figures = PlanFigures.of(plan);
        return Headlines.extent(plan.extent()) + ", about "
                + Human.bytes(plan.extent().size() * plan.sample().recordBytes()) + ", "
                + Human.count(figures.files(), "file") + ", " + (figures.pagesAreExact() ? "" : "about ")
                + Human.count(figures.pages(), "page");
    }

    public static List<String> lines(ExportPlan plan) {
        PlanFigures figures = PlanFigures.of(plan);
        Map<String, String> file = plan.request().fileSettings();
        List<String> lines = new ArrayList<>();
        lines.add("Topic      " + Headlines.topic(plan.extent()));
        lines.add("Extent     " + Headlines.extent(plan.extent()) + ", "
                + plan.extent().isolationLevel() + ", " + plan.request().direction());
        lines.add("Frozen     " + plan.frozenAt() + " (an export freezes anew when it starts)");
        lines.add("Payloads   " + flags(plan.formats()));
        lines.add("Sample     " + sample(plan));
        lines.add("Files      " + file.getOrDefault("format", "") + ", " + file.getOrDefault("compression", "") + ": "
                + Human.count(figures.files()) + " of " + size(plan.token().sliceSize(), plan));
        lines.add("Pages      " + (figures.pagesAreExact() ? "" : "about ") + Human.count(figures.pages()) + " of "
                + size(plan.token().pageSize(), plan));
        PlannedSchemas schemas = plan.schemas();
        if (schemas != null) {
            lines.add("");
            lines.addAll(columns(schemas));
        }
        lines.add("");
        lines.addAll(partitions(plan).lines());
        List<String> notes = PlanNotes.of(plan, figures);
        if (!notes.isEmpty()) {
            lines.add("");
        }
        for (String note : notes) {
            lines.add("Note: " + note);
        }
        return lines;
    }

    /** The formats as the options to write down. */
    static String flags(PayloadFormats formats) {
        return "--key-format " + formats.key() + " --value-format " + formats.value() + " --header-format "
                + formats.header();
    }

    static String sample(ExportPlan plan) {
        return Human.count(plan.sample().records(), "record") + ", on average "
                + Human.bytes(plan.sample().recordBytes()) + " of key, value and headers";
    }

    private static String size(long records, ExportPlan plan) {
        return "up to " + Human.count(records, "record") + ", about "
                + Human.bytes(records * plan.sample().recordBytes());
    }

    private static List<String> columns(PlannedSchemas schemas) {
        TextTable table = TextTable.alignedLeft("Column", "Type", "Since");
        for (PlannedColumn column : schemas.columns()) {
            table.add(column.path(), column.type(), column.origin());
        }
        return table.lines();
    }

    private static TextTable partitions(ExportPlan plan) {
        TextTable table = new TextTable("Partition", "Start", "End", "Offsets", "Size", "");
        for (PartitionState state : plan.partitions()) {
            OffsetRange range = plan.extent().partitions().getOrDefault(state.partition(), new OffsetRange(0, 0));
            table.add(
                    Integer.toString(state.partition()),
                    Human.count(range.start()),
                    Human.count(range.end()),
                    Human.count(range.size()),
                    Human.bytes(range.size() * plan.sample().recordBytes()),
                    state.hasOpenTransaction() ? "open transaction" : "");
        }
        table.add(
                "Total",
                "",
                "",
                Human.count(plan.extent().size()),
                Human.bytes(plan.extent().size() * plan.sample().recordBytes()),
                "");
        return table;
    }
}
