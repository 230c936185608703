package io.pagewalk.it.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.fixture.Survivors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a walk is cut into pages, and whatever happens between them, each record that still exists comes once. */
class WalkCutsIT {
    static IntStream seeds() {
        return IntStream.range(0, LongTests.count(4, 300));
    }

    /** Pages of any size in records and bytes, asked for in any way; new records and partitions, deleted records, other servers. */
    @ParameterizedTest
    @MethodSource("seeds")
    void eachRecordThatStillExistsComesOnce(int seed) {
        try (CutWalk walk = new CutWalk(seed)) {
            walk.walk();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void compactionBetweenTwoPagesTakesOnlyWhatItTakes(String direction) {
        try (Records records = Records.into(Broker.topic("cutcompact", 1, Topics.compacted()));
                Serving serving = Serving.start()) {
            for (int i = 0; i < 90; i++) {
                String key = i % 3 == 0 ? "own-" + i : "key-" + i % 10;
                records.send(0, Records.FIRST_TIMESTAMP, key.getBytes(UTF_8), "before".getBytes(UTF_8));
            }
            records.flush();
            List<JsonNode> pages = new ArrayList<>();
            String query = "?page_size=7&direction=" + direction;
            for (int i = 0; i < 4; i++) {
                JsonNode page = serving.json(Serving.records(records.topic()) + query);
                pages.add(page);
                query = page.get("meta").get("next_page").textValue();
            }
            Set<Long> before = new HashSet<>(
                    Listed.places(pages).stream().map(Listed.Place::offset).toList());
            List<Row> survivors = Survivors.compact(records);

            pages.addAll(serving.walk(records.topic(), query));

            List<Row> expected = records.rows().stream()
                    .filter(row -> before.contains(row.offset()) || (row.offset() < 90 && survivors.contains(row)))
                    .toList();
            assertThat(expected).hasSizeBetween(29, 89);
            Listed.assertEachOnce(Listed.places(pages), expected, direction);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void tellsWhichOffsetsRetentionHasPassed(String direction) {
        try (Records records = Records.filled("cutlost", 30, 2);
                Serving serving = Serving.start()) {
            String path = Serving.records(records.topic());
            String token = serving.json(path + "?page_size=10&direction=" + direction)
                    .get("meta")
                    .get("next_page_token")
                    .textValue();
            Broker.deleteRecords(records.topic(), 0, 15);

            JsonNode lost = serving.refused(410, path + "?page_size=20&page_token=" + token);

            assertThat(lost.get("exitCode").intValue()).isEqualTo(4);
            assertThat(lost.get("lostStart").intValue()).isEqualTo(direction.equals("asc") ? 8 : 2);
            assertThat(lost.get("lostEnd").intValue()).isEqualTo(15);
            assertThat(lost.get("detail").textValue()).contains(records.topic() + "-0", "begin anew");
            assertThat(serving.walk(records.topic(), "?page_size=20")).hasSize(1);
        }
    }
}
