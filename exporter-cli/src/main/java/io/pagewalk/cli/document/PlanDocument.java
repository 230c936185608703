package io.pagewalk.cli.document;

import io.pagewalk.cli.text.PlanNotes;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.payload.PlannedColumn;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.PlanFigures;
import io.pagewalk.plan.UnorderedTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code plan --json} prints.
 *
 * @param compacted null if that is unknown
 * @param columns the leaves of typed columns
 */
public record PlanDocument(
        String topic,
        String topicId,
        String clusterId,
        String isolationLevel,
        String direction,
        String frozenAt,
        @Nullable Boolean compacted,
        long offsets,
        String format,
        String compression,
        String keyFormat,
        String valueFormat,
        String headerFormat,
        Sample sample,
        Size pageSize,
        Size fileSize,
        long pages,
        boolean pagesAreExact,
        long files,
        List<Partition> partitions,
        List<UnorderedPlace> unorderedTimes,
        List<PlannedColumn> columns,
        List<String> notes) {
    /** What was seen of the records. */
    record Sample(long records, long bytes, double recordBytes) {}

    /** A size in records, and about how many bytes those are. */
    record Size(long records, long bytes) {
        private static Size of(long records, ExportPlan plan) {
            return new Size(records, Math.round(records * plan.sample().recordBytes()));
        }
    }

    /** A partition, its part of the extent, and its log. */
    record Partition(
            int partition,
            long start,
            long end,
            long logStartOffset,
            long lastStableOffset,
            long highWatermark,
            boolean openTransaction) {
        private static Partition of(PartitionState state, ExportPlan plan) {
            OffsetRange range = plan.extent().partitions().getOrDefault(state.partition(), new OffsetRange(0, 0));
            return new Partition(
                    state.partition(),
                    range.start(),
                    range.end(),
                    state.logStartOffset(),
                    state.lastStableOffset(),
                    state.highWatermark(),
                    state.hasOpenTransaction());
        }
    }

    /** A bound by time where timestamps have no order, and what was found there. */
    record UnorderedPlace(@Json.Inlined UnorderedBound bound, List<Crossing> crossings) {
        private static List<UnorderedPlace> of(ExportPlan plan) {
            List<UnorderedBound> bounds = UnorderedBound.of(PinnedOptions.of(plan));
            List<UnorderedPlace> places = new ArrayList<>();
            for (int i = 0; i < bounds.size(); i++) {
                List<UnorderedTime.Place> found = plan.unordered().get(i).partitions();
                places.add(new UnorderedPlace(
                        bounds.get(i), found.stream().map(Crossing::of).toList()));
            }
            return places;
        }
    }

    /** Where the log of a partition first and last crosses the time, and records between that disagree. */
    record Crossing(int partition, long first, long last, long sampledRecords, long disagreeingRecords) {
        private static Crossing of(UnorderedTime.Place place) {
            return new Crossing(place.partition(), place.first(), place.last(), place.samples(), place.disagreeing());
        }
    }

    public static PlanDocument of(ExportPlan plan) {
        PlanFigures figures = PlanFigures.of(plan);
        ExportPlan.Sample sample = plan.sample();
        return new PlanDocument(
                plan.extent().topic(),
                plan.extent().topicId().toString(),
                plan.extent().clusterId(),
                plan.extent().isolationLevel().toString(),
                plan.request().direction().toString(),
                plan.frozenAt().toString(),
                plan.compaction().toJson(),
                figures.offsets(),
                plan.request().fileSettings().getOrDefault("format", ""),
                plan.request().fileSettings().getOrDefault("compression", ""),
                plan.formats().key().toString(),
                plan.formats().value().toString(),
                plan.formats().header().toString(),
                new Sample(sample.records(), sample.bytes(), sample.recordBytes()),
                Size.of(plan.token().pageSize(), plan),
                Size.of(plan.token().sliceSize(), plan),
                figures.pages(),
                figures.pagesAreExact(),
                figures.files(),
                plan.partitions().stream()
                        .map(state -> Partition.of(state, plan))
                        .toList(),
                UnorderedPlace.of(plan),
                plan.schemas() == null ? List.of() : plan.schemas().columns(),
                PlanNotes.of(plan, figures));
    }
}
