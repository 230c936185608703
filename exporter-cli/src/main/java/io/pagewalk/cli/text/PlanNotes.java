package io.pagewalk.cli.text;

import io.pagewalk.log.PinnedOptions;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.payload.PlannedSchemas;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.PlanFigures;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.Size;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;

/** What somebody should know before an export runs: what it leaves out, and sizes that are hardly meant. */
public final class PlanNotes {
    private static final long SMALL_FILE = 1L << 20;
    private static final long LARGE_FILE = 4L << 30;
    private static final long FEW_FILES = 100;
    private static final long MANY_FILES = 100_000;
    /** Partitions named one by one; the others are counted. */
    private static final int NAMED = 20;

    private final ExportPlan plan;
    private final PlanFigures figures;
    private final List<String> notes = new ArrayList<>();

    private PlanNotes(ExportPlan plan, PlanFigures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    /** One line each. */
    public static List<String> of(ExportPlan plan, PlanFigures figures) {
        PlanNotes notes = new PlanNotes(plan, figures);
        notes.emptyExtent();
        notes.windowNotPassed();
        notes.nextRun();
        notes.absentPartitions();
        notes.openTransactions();
        notes.compaction();
        notes.unorderedTimes();
        notes.typedColumns();
        if (plan.deadLettersOf() == null) {
            notes.sizes();
        }
        return notes.notes;
    }

    /**
     * Likewise, what is to be known of one more window of a series.
     *
     * @param before the plan of the window before
     */
    public static List<String> ofNextWindow(ExportPlan plan, ExportPlan before) {
        PlanNotes notes = new PlanNotes(plan, PlanFigures.of(plan));
        if (before.window() == null || before.window().passed()) {
            notes.windowNotPassed();
        }
        notes.nextRun();
        notes.openTransactions();
        notes.unorderedTimes();
        return notes.notes;
    }

    private void emptyExtent() {
        if (figures.offsets() == 0 && plan.deadLettersOf() != null) {
            notes.add("export " + plan.deadLettersOf().exportId() + " has set nothing aside: this one writes one file"
                    + " without rows, is complete at once and stays so");
        } else if (figures.offsets() == 0 && plan.nextRun() == null && plan.window() == null) {
            ExportSpec request = plan.request();
            notes.add("the extent is empty: in topic " + plan.extent().topic() + ", --partitions "
                    + request.partitions() + ", --to " + request.to() + " leads to no offset after that of --from "
                    + request.from()
                    + "; an export of it writes one file without rows, is complete at once and stays so");
        }
    }

    private void windowNotPassed() {
        PlannedWindow window = plan.window();
        if (window != null && !window.passed()) {
            notes.add("topic " + plan.extent().topic() + " has no record after the window's end, "
                    + window.window().end() + ": nobody has produced since, or this machine's clock is ahead; what is"
                    + " still to come goes to the next window");
        }
    }

    private void nextRun() {
        NextRun next = plan.nextRun();
        if (next == null) {
            return;
        }
        if (!next.added().isEmpty()) {
            notes.add("partitions " + PartitionSet.of(next.added()) + " were added to topic "
                    + plan.extent().topic() + " since the run before; they begin at offset 0");
        }
        next.lost()
                .forEach((partition, range) -> notes.add(plan.extent().topic() + "-" + partition + ": offsets " + range
                        + " are gone from the topic, and are on record as lost before run " + next.number()));
    }

    private void absentPartitions() {
        int last = plan.extent().partitions().isEmpty()
                ? -1
                : plan.extent().partitions().lastKey();
        String absent = plan.request().partitions().beyond(last + 1);
        if (!absent.isEmpty()) {
            notes.add("topic " + plan.extent().topic() + " has no partitions " + absent
                    + " yet; they join the series once they are there");
        }
    }

    private void openTransactions() {
        if (plan.extent().isolationLevel() != IsolationLevel.READ_COMMITTED) {
            return;
        }
        List<PartitionState> open = plan.partitions().stream()
                .filter(PartitionState::hasOpenTransaction)
                .filter(this::reachesOpenTransaction)
                .toList();
        open.stream()
                .limit(NAMED)
                .forEach(state -> notes.add(plan.extent().topic() + "-" + state.partition()
                        + ": an open transaction holds the last stable offset at " + state.lastStableOffset()
                        + ", offsets up to the high watermark " + state.highWatermark()
                        + " are not part of the export"));
        if (open.size() > NAMED) {
            notes.add(Human.count(open.size() - NAMED) + " further partitions have open transactions");
        }
    }

    /** An extent that ends before the last stable offset was never going to reach the transaction. */
    private boolean reachesOpenTransaction(PartitionState state) {
        OffsetRange range = plan.extent().partitions().get(state.partition());
        return range != null && range.end() == state.lastStableOffset();
    }

    private void compaction() {
        String topic = plan.extent().topic();
        switch (plan.compaction()) {
            case YES ->
                notes.add("topic " + topic
                        + " is compacted: records whose keys are overwritten after the freeze may be absent");
            case UNKNOWN ->
                notes.add("whether topic " + topic + " is compacted is unknown: its configuration may not be read,"
                        + " which takes DESCRIBE_CONFIGS on the topic; an audit cannot tell compacted records from"
                        + " records that the topic never had");
            case NO -> {}
        }
    }

    private void unorderedTimes() {
        notes.addAll(TimeTexts.unordered(PinnedOptions.of(plan)));
    }

    private void typedColumns() {
        PlannedSchemas schemas = plan.schemas();
        if (schemas == null) {
            return;
        }
        schemas.notices().stream().limit(NAMED).forEach(notice -> notes.add("column " + notice));
        if (schemas.notices().size() > NAMED) {
            notes.add(Human.count(schemas.notices().size() - NAMED) + " further notes on columns");
        }
    }

    private void sizes() {
        PageToken token = plan.token();
        double recordBytes = plan.sample().recordBytes();
        double fileBytes = token.sliceSize() * recordBytes;
        Size fileSize = plan.request().fileSize();
        if (fileSize != null && fileSize.toRecords(recordBytes) > plan.request().pageRecords(recordBytes)) {
            notes.add("--file-size " + fileSize + " is above --page-size "
                    + plan.request().pageSize() + ": a file is a part of a page, so it holds at most a page");
        }
        if (fileBytes < SMALL_FILE && figures.files() > FEW_FILES) {
            notes.add("files are small: about " + Human.bytes(fileBytes)
                    + " of records each; engines read few large files faster, see --file-size and --page-size");
        }
        if (fileBytes > LARGE_FILE && hasFullFile()) {
            notes.add("files are large: about " + Human.bytes(fileBytes)
                    + " of records each; a killed run reads its unfinished files again, see --file-size");
        }
        if (figures.files() > MANY_FILES) {
            notes.add("there will be " + Human.count(figures.files())
                    + " files in one directory; raise --file-size and --page-size");
        }
        if (token.pageSize() / token.sliceSize() > Paginator.MAX_SLICES) {
            notes.add("a page of " + Human.count(token.pageSize()) + " records would have more than "
                    + Human.count(Paginator.MAX_SLICES) + " files; pages end there");
        }
        if (plan.sample().records() == 0 && figures.offsets() > 0) {
            notes.add("the sample found no record: sizes in bytes assume " + Human.bytes(recordBytes) + " a record");
        }
    }

    private boolean hasFullFile() {
        return plan.extent().partitions().values().stream()
                .anyMatch(range -> range.size() > plan.token().sliceSize());
    }
}
