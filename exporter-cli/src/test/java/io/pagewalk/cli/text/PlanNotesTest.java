package io.pagewalk.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Compaction;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.PlanFigures;
import io.pagewalk.plan.Size;
import io.pagewalk.plan.UnorderedTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanNotesTest {
    @Test
    void tellsThatTheExtentIsEmpty() {
        List<String> notes =
                notes(new OffsetRange(100, 100), ExportSpec.DEFAULT_PAGE_SIZE, ExportSpec.DEFAULT_FILE_SIZE);

        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("the extent is empty")
                .contains("--from offset:100", "--to latest", "--partitions all")
                // Offsets were looked up, and nothing else.
                .doesNotContain("record");
    }

    @Test
    void tellsWhereTimestampsHaveNoOrder() {
        ExportPlan plan = plan(new OffsetRange(0, 10), Size.records(5), null);
        UnorderedTime time = new UnorderedTime("from", Instant.EPOCH, List.of(new UnorderedTime.Place(0, 0, 10, 5, 3)));
        ExportPlan unordered = new ExportPlan(
                plan.request(),
                plan.extent(),
                plan.token(),
                plan.formats(),
                plan.frozenAt(),
                plan.partitions(),
                plan.sample(),
                plan.compaction(),
                List.of(time),
                null,
                null,
                null,
                null);

        assertThat(PlanNotes.of(unordered, PlanFigures.of(unordered)))
                .singleElement()
                .asString()
                .startsWith("timestamps have no order around --from offset:100 in partitions 0: ");
    }

    @Test
    void hasNothingToSayOfAnOrdinaryExport() {
        assertThat(notes(new OffsetRange(0, 10), ExportSpec.DEFAULT_PAGE_SIZE, ExportSpec.DEFAULT_FILE_SIZE))
                .isEmpty();
    }

    @Test
    void blamesAFileSizeAboveThePageSizeOnlyOnWhoGaveIt() {
        OffsetRange range = new OffsetRange(0, 10);

        assertThat(notes(range, Size.records(5), null)).isEmpty();
        assertThat(notes(range, Size.records(5), Size.records(6)))
                .containsExactly("--file-size 6 is above --page-size 5: a file is a part of a page, so it holds at most"
                        + " a page");
    }

    private static List<String> notes(OffsetRange range, Size pageSize, @Nullable Size fileSize) {
        ExportPlan plan = plan(range, pageSize, fileSize);
        return PlanNotes.of(plan, PlanFigures.of(plan));
    }

    private static ExportPlan plan(OffsetRange range, Size pageSize, @Nullable Size fileSize) {
        ExportSpec request = new ExportSpec(
                "orders",
                new OffsetBound.AtOffset(100),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                pageSize,
                fileSize,
                null,
                null,
                null,
                Map.of(),
                null,
                ExportSpec.UTC,
                null);
        Extent extent = new Extent("c", "orders", Uuid.ONE_UUID, IsolationLevel.READ_COMMITTED, Map.of(0, range));
        return new ExportPlan(
                request,
                extent,
                PageToken.first(extent, Direction.ASC, request.pageRecords(1000), request.fileRecords(1000)),
                new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.BYTES, PayloadFormat.BYTES),
                Instant.EPOCH,
                List.of(),
                new ExportPlan.Sample(10, 10_000),
                Compaction.NO);
    }
}
