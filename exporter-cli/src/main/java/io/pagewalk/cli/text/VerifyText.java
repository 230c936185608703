package io.pagewalk.cli.text;

import io.pagewalk.Verification;
import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.error.Reasons;
import io.pagewalk.log.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** What an audit came to, for people. */
public final class VerifyText {
    private VerifyText() {}

    public static String line(Finding finding) {
        return "finding: " + Reasons.oneLine(finding.toString());
    }

    /**
     * In one line.
     *
     * @param table how much was found about the table that follows
     */
    public static String summary(Verification verification, int table) {
        AuditResult result = verification.result();
        return result(result, table) + ": "
                + Human.count(result.files(), "file") + ", " + Human.count(result.records(), "record")
                + (isDeep(result) ? ", every record decoded" : "")
                + (isCompared(result) ? ", topic: " + topic(result) : "");
    }

    private static String result(AuditResult result, int table) {
        String export = result.findings() == 0 ? "as recorded" : Human.count(result.findings(), "finding");
        return export + (table == 0 ? "" : ", and of the table " + Human.count(table, "finding"));
    }

    /**
     * In several lines.
     *
     * @param table how much was found about the table that follows
     */
    public static List<String> lines(Verification verification, int table) {
        AuditResult result = verification.result();
        List<String> lines = new ArrayList<>();
        Checkpoint.Start start = result.start();
        lines.add(
                start == null
                        ? "Export       " + verification.exportId()
                        : Headlines.export(verification.exportId(), start.extent()));
        if (start != null && start.deadLettersOf() != null) {
            lines.add(StatusText.madeOf(start.deadLettersOf()));
        }
        lines.add("State        " + (result.complete() ? "complete" : "not complete"));
        lines.add("Log          " + Human.count(result.checkpoints(), "checkpoint") + ", "
                + Human.count(result.pages(), "page") + " in " + verification.logLocation());
        lines.add("Checked      " + Human.count(result.files(), "file") + ", " + Human.count(result.records(), "record")
                + ", " + Human.bytes(result.bytes()) + (isDeep(result) ? ", every record decoded" : ""));
        if (result.uncommitted() > 0) {
            lines.add("Uncommitted  " + Human.count(result.uncommitted(), "file")
                    + " of pages under way, which the next run adopts");
        }
        lines.add("Gaps         " + Human.count(result.gaps(), "offset") + " without a record");
        if (result.lost() > 0) {
            lines.add("Losses       " + Human.count(result.lost(), "offset") + " on record as lost");
        }
        if (result.setAside() > 0) {
            lines.add("Set aside    " + Human.count(result.setAside(), "record")
                    + " that do not fit into the data files");
        }
        if (isCompared(result)) {
            lines.add("Topic        " + topic(result));
        }
        lines.add("Result       " + result(result, table));
        lines.addAll(table(result));
        return lines;
    }

    private static boolean isDeep(AuditResult result) {
        return result.partitions().values().stream().anyMatch(figures -> figures.digest() != null);
    }

    private static boolean isCompared(AuditResult result) {
        return result.partitions().values().stream().anyMatch(figures -> figures.topic() != null);
    }

    private static String topic(AuditResult result) {
        List<String> parts = new ArrayList<>();
        parts.add(Human.count(sum(result, TopicFigures::same), "record") + " the same");
        add(parts, sum(result, TopicFigures::compacted), "compacted since");
        add(parts, sum(result, TopicFigures::expired), "expired since");
        add(parts, sum(result, TopicFigures::returned), "on record as lost, but back in the topic");
        add(parts, sum(result, TopicFigures::missing), "missing from the files");
        add(parts, sum(result, TopicFigures::differing), "different");
        add(parts, sum(result, TopicFigures::unexplained), "in the files only");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(Human.count(count) + " " + what);
        }
    }

    private static long sum(AuditResult result, ToLongFunction<TopicFigures> figure) {
        return result.partitions().values().stream()
                .map(PartitionFigures::topic)
                .filter(Objects::nonNull)
                .mapToLong(figure)
                .sum();
    }

    /** Only partitions of which there is something to say. */
    private static List<String> table(AuditResult result) {
        boolean compared = isCompared(result);
        TextTable table = compared
                ? new TextTable(
                        "Partition", "Offsets", "Records", "Gaps", "Lost", "Compacted", "Expired", "Different", "")
                : new TextTable("Partition", "Offsets", "Records", "Gaps", "Lost", "");
        boolean[] any = {false};
        result.partitions().forEach((partition, figures) -> {
            TopicFigures topic = figures.topic() == null ? TopicFigures.NONE : figures.topic();
            long different = topic.missing() + topic.differing() + topic.unexplained();
            if (figures.gaps() + figures.lost() + topic.compacted() + topic.expired() + different == 0) {
                return;
            }
            any[0] = true;
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(partition),
                    Human.count(figures.offsets()),
                    Human.count(figures.records()),
                    Human.count(figures.gaps()),
                    Human.count(figures.lost())));
            if (compared) {
                cells.add(Human.count(topic.compacted()));
                cells.add(Human.count(topic.expired()));
                cells.add(Human.count(different));
            }
            cells.add("");
            table.add(cells.toArray(String[]::new));
        });
        List<String> lines = new ArrayList<>();
        if (any[0]) {
            lines.add("");
            lines.addAll(table.lines());
        }
        return lines;
    }
}
