package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** That the campaign works; {@code integration-tests/campaign} is the campaign. */
class CampaignIT {
    /** It is short, and has killed runners, a rival, a broker that stands still, transactions and compaction. */
    @Test
    void aRunOfItEndsWell() throws Exception {
        String said = endsWell(648591744082L, "2 with [term at 241 millis, kill at 427 millis]");

        assertThat(said.lines()).hasSize(2).last().asString().startsWith("1 runs, 0 failures: ");
    }

    /** They are short, too, and have a loss besides. */
    @Test
    @LongTest
    void threeRunsEndWell() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        boolean well = Campaign.run(Campaign.seeds(2591, 3), new PrintStream(said, true, UTF_8));

        assertThat(well).as(said.toString(UTF_8)).isTrue();
        assertThat(said.toString(UTF_8).lines()).hasSize(4).last().asString().startsWith("3 runs, 0 failures: ");
    }

    @Test
    @LongTest
    void aRunWithALongNameAndStraysEndsWell() throws Exception {
        endsWell(1244, "name long, strays of the future");
    }

    @Test
    @LongTest
    void aRunWhoseExportIsDeletedEndsWell() throws Exception {
        endsWell(109, "deleted at");
    }

    private static String endsWell(long seed, String kind) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        boolean well = Campaign.run(LongStream.of(seed), new PrintStream(said, true, UTF_8));

        assertThat(well).as(said.toString(UTF_8)).isTrue();
        assertThat(Plan.of(seed).toString()).contains(kind);
        return said.toString(UTF_8);
    }

    @Test
    void tellsACutThatIsNotWhereTheLogCrossesTheTime() {
        List<Row> rows = IntStream.range(0, 1_000)
                .mapToObj(i -> dated(i, i == 500 ? 0 : Plan.Bounds.time(i)))
                .toList();
        Plan.Bounds bounds = new Plan.Bounds(200, 800);

        assertThat(new Crossings(bounds, Map.of(0, new long[] {200, 800})).check(rows))
                .isEqualTo(2);
        assertThatThrownBy(() -> new Crossings(bounds, Map.of(0, new long[] {200, 501})).check(rows))
                .hasMessageContaining("is cut at offset 501");
        assertThat(new Crossings(new Plan.Bounds(450, -1), Map.of(0, new long[] {501, 1_000})).check(rows))
                .as("a stray is near")
                .isZero();
    }

    @Test
    void aSeedAlwaysGivesTheSamePlan() {
        assertThat(Plan.of(17)).isEqualTo(Plan.of(17)).isNotEqualTo(Plan.of(18));
    }

    @Test
    void tellsRecordsThatAreMissingDoubledChangedOrInvented() {
        List<Row> produced = List.of(row(0, "a"), row(1, "b"), row(2, "a"));
        Expectation all = Expectation.of(produced, produced, false, row -> true, row -> false);

        all.check(produced);
        assertThatThrownBy(() -> all.check(produced.subList(1, 3))).hasMessageContaining("1 of 3 records are missing");
        assertThatThrownBy(() -> all.check(List.of(row(0, "a"), row(0, "a")))).hasMessageContaining("twice");
        assertThatThrownBy(() -> all.check(List.of(row(0, "b")))).hasMessageContaining("exported t-0@0");
        assertThatThrownBy(() -> all.check(List.of(row(3, "a")))).hasMessageContaining("produced null");
    }

    @Test
    void allowsWhatIsLostOrCompactedToBeAbsentAndNothingElse() {
        List<Row> produced = List.of(row(0, "a"), row(1, "b"), row(2, "a"));

        Expectation compacted = Expectation.of(produced, produced, true, row -> true, row -> false);
        compacted.check(produced.subList(1, 3));
        compacted.check(produced);
        assertThatThrownBy(() -> compacted.check(produced.subList(0, 2))).hasMessageContaining("t-0@2");

        Expectation losing = Expectation.of(produced, produced, false, row -> true, row -> row.offset() == 1);
        losing.check(List.of(row(0, "a"), row(2, "a")));
        assertThatThrownBy(() -> losing.check(produced.subList(0, 2))).hasMessageContaining("1 of 2");
    }

    private static Row row(long offset, String key) {
        return new Row("t", 0, offset, 1, "CreateTime", key, "value", List.of());
    }

    private static Row dated(long offset, long timestamp) {
        return new Row("t", 0, offset, timestamp, "CreateTime", "key", "value", List.of());
    }
}
