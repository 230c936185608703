package io.pagewalk.cli.text;

import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.PlanFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan for programs. */
public final class PlanJson {
    private PlanJson() {}

    public static Map<String, Object> document(ExportPlan plan) {
        PlanFigures figures = PlanFigures.of(plan);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("topic", plan.extent().topic());
        document.put("topicId", plan.extent().topicId().toString());
        document.put("clusterId", plan.extent().clusterId());
        document.put("isolationLevel", plan.extent().isolationLevel().name().toLowerCase(Locale.ROOT));
        document.put("direction", plan.request().direction().toString());
        document.put("frozenAt", plan.frozenAt().toString());
        document.put("compacted", plan.compaction().toJson());
        document.put("offsets", figures.offsets());
        document.put("format", plan.request().fileSettings().getOrDefault("format", ""));
        document.put("compression", plan.request().fileSettings().getOrDefault("compression", ""));
        document.put("keyFormat", plan.formats().key().toString());
        document.put("valueFormat", plan.formats().value().toString());
        document.put("headerFormat", plan.formats().header().toString());
        document.put("sample", sample(plan));
        document.put("pageSize", size(plan.token().pageSize(), plan));
        document.put("fileSize", size(plan.token().sliceSize(), plan));
        document.put("pages", figures.pages());
        document.put("pagesAreExact", figures.pagesAreExact());
        document.put("files", figures.files());
        document.put(
                "partitions",
                plan.partitions().stream().map(state -> partition(state, plan)).toList());
        document.put("unorderedTimes", TimeTexts.unorderedDocument(plan));
        document.put("notes", PlanNotes.of(plan, figures));
        return document;
    }

    /** The partitions whose last stable offset an open transaction holds back. */
    static List<Map<String, Object>> openTransactions(List<PartitionState> openTransactions) {
        return openTransactions.stream().map(PlanJson::offsets).toList();
    }

    private static Map<String, Object> sample(ExportPlan plan) {
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("records", plan.sample().records());
        sample.put("bytes", plan.sample().bytes());
        sample.put("recordBytes", plan.sample().recordBytes());
        return sample;
    }

    private static Map<String, Object> size(long records, ExportPlan plan) {
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("records", records);
        size.put("bytes", Math.round(records * plan.sample().recordBytes()));
        return size;
    }

    private static Map<String, Object> partition(PartitionState state, ExportPlan plan) {
        OffsetRange range = plan.extent().partitions().getOrDefault(state.partition(), new OffsetRange(0, 0));
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("partition", state.partition());
        partition.put("start", range.start());
        partition.put("end", range.end());
        partition.putAll(offsets(state));
        partition.put("openTransaction", state.hasOpenTransaction());
        return partition;
    }

    private static Map<String, Object> offsets(PartitionState state) {
        Map<String, Object> offsets = new LinkedHashMap<>();
        offsets.put("partition", state.partition());
        offsets.put("logStartOffset", state.logStartOffset());
        offsets.put("lastStableOffset", state.lastStableOffset());
        offsets.put("highWatermark", state.highWatermark());
        return offsets;
    }
}
