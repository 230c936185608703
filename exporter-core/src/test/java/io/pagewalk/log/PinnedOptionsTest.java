package io.pagewalk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.internal.log.Entries;
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
import io.pagewalk.plan.Size;
import io.pagewalk.plan.UnorderedTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class PinnedOptionsTest {
    private static final PayloadFormats FORMATS =
            new PayloadFormats(PayloadFormat.STRING, PayloadFormat.JSON, PayloadFormat.BYTES);

    private final PinnedOptions options = PinnedOptions.of(plan());

    @Test
    void areWhatWasAskedForAndWhatItCameTo() {
        assertThat(options.requested()).isEqualTo(request().toOptions());
        assertThat(options.resolved())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "page-size", "4000",
                        "file-size", "500",
                        "key-format", "string",
                        "value-format", "json",
                        "header-format", "bytes"));
        assertThat(options.fileSettings()).isEqualTo(request().fileSettings());
        assertThat(options.formats()).isEqualTo(FORMATS);
    }

    @Test
    void tellWhichPartitionsHaveNoOrderInTime() {
        List<UnorderedTime.Place> places = IntStream.of(7, 3, 4, 5)
                .mapToObj(partition -> new UnorderedTime.Place(partition, 1, 2, 3, 4))
                .toList();
        ExportPlan plan = plan();
        PinnedOptions pinned = PinnedOptions.of(new ExportPlan(
                plan.request(),
                plan.extent(),
                plan.token(),
                plan.formats(),
                plan.frozenAt(),
                plan.partitions(),
                plan.sample(),
                plan.compaction(),
                List.of(new UnorderedTime("to", Entries.NOON, places)),
                null,
                null,
                null,
                null));

        assertThat(pinned.unordered("to")).isEqualTo("3-5,7");
        assertThat(pinned.unordered("from")).isEmpty();
        assertThat(pinned.differencesTo(plan.request().toOptions())).isEmpty();
    }

    @Test
    void doNotDifferFromTheSameRequest() {
        assertThat(options.differencesTo(request().toOptions())).isEmpty();
    }

    @Test
    void doNotDifferFromWhatTheyWereResolvedTo() {
        assertThat(options.differencesTo(given("value-format", "json"))).isEmpty();
        assertThat(options.differencesTo(given("page-size", "4000"))).isEmpty();
        assertThat(options.differencesTo(given("file-size", "500"))).isEmpty();
    }

    @Test
    void differInEveryOptionThatDiffers() {
        for (String name : request().toOptions().keySet()) {
            String pinned = request().toOptions().get(name);

            assertThat(options.differencesTo(given(name, "other")))
                    .containsExactly(name + " other (the export has " + pinned + ")");
        }
    }

    @Test
    void differInAnOptionThatOnlyOneOfTheTwoHas() {
        Map<String, String> more = new LinkedHashMap<>(request().toOptions());
        more.put("from-dead-letters", "/out");
        PinnedOptions pinned = new PinnedOptions(more, Map.of(), Map.of());

        assertThat(options.differencesTo(more)).containsExactly("from-dead-letters /out (the export has none)");
        assertThat(pinned.differencesTo(request().toOptions()))
                .containsExactly("no from-dead-letters (the export has /out)");
    }

    @Test
    void listDifferencesInTheOrderOfTheOptions() {
        Map<String, String> given = given("value-format", "bytes");
        given.put("topic", "invoices");
        given.put("page-size", "500");

        assertThat(options.differencesTo(given))
                .containsExactly(
                        "topic invoices (the export has orders)",
                        "page-size 500 (the export has 1GiB)",
                        "value-format bytes (the export has auto)");
    }

    @Test
    void haveNoFormatsIfTheirLogHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PinnedOptions(Map.of(), Map.of(), Map.of()).formats());
    }

    private static Map<String, String> given(String name, String value) {
        Map<String, String> given = new LinkedHashMap<>(request().toOptions());
        assertThat(given.put(name, value)).isNotNull();
        return given;
    }

    private static ExportSpec request() {
        return new ExportSpec(
                "orders",
                OffsetBound.parse("earliest"),
                OffsetBound.parse("latest"),
                PartitionSet.ALL,
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                Size.parse("1GiB"),
                Size.parse("128MiB"),
                PayloadFormat.STRING,
                null,
                null,
                Map.of("format", "parquet", "compression", "zstd", "row-group", "8388608"),
                null,
                ExportSpec.UTC,
                null);
    }

    private static ExportPlan plan() {
        Extent extent = new Extent(
                "cluster",
                "orders",
                new Uuid(1, 2),
                IsolationLevel.READ_COMMITTED,
                new TreeMap<>(Map.of(0, new OffsetRange(0, 10))));
        PageToken token = PageToken.first(extent, Direction.ASC, 4_000, 500);
        ExportPlan.Sample sample = new ExportPlan.Sample(1, 1);
        return new ExportPlan(request(), extent, token, FORMATS, Entries.NOON, List.of(), sample, Compaction.NO);
    }
}
