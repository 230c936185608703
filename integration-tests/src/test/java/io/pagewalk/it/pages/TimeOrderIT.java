package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.pages.Listed.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings by time, against a merge of all that was sent. */
class TimeOrderIT {
    private static Serving serving;

    @BeforeAll
    static void start() {
        serving = Serving.start();
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @ParameterizedTest
    @CsvSource({"asc, 7", "desc, 7", "asc, 500", "desc, 500"})
    void mergesAllPartitionsWhateverTheirTimes(String direction, int size) {
        try (Records records = Records.into(Broker.topic("httptime", 5))) {
            Random random = new Random(7);
            for (int i = 0; i < 300; i++) {
                int partition = random.nextInt(4);
                // Many times are equal, and some go back.
                records.send(partition, 1000 + i / 3 * (partition + 1) - random.nextInt(40), null, null);
            }
            records.flush();

            List<JsonNode> pages =
                    serving.walk(records.topic(), "?order=time&page_size=" + size + "&direction=" + direction);

            assertThat(Listed.places(pages)).isEqualTo(merged(records.rows(), direction.equals("asc")));
            assertThat(pages).hasSize((300 + size - 1) / size);
        }
    }

    /** Of each partition a record is held before any is taken. */
    @Test
    void aRecordThatIsLargerThanAPartitionsShareComesAsAPreview() {
        try (Records records = Records.into(Broker.topic("httptimelarge", 40))) {
            for (int partition = 0; partition < 40; partition++) {
                records.send(partition, 1000 + partition, null, new byte[partition == 7 ? 60_000 : 120_000]);
            }
            records.flush();

            JsonNode byTime = serving.json(Serving.records(records.topic()) + "?order=time&page_size=40");
            JsonNode inRounds = serving.json(Serving.records(records.topic()) + "?page_size=40&max_bytes=8388608");

            assertThat(Listed.places(byTime)).hasSize(40);
            assertThat(Listed.records(byTime))
                    .allMatch(record -> record.path("valueIsCut").booleanValue()
                            == (record.get("partition").intValue() != 7));
            assertThat(Listed.records(inRounds)).hasSize(40).noneMatch(record -> record.has("valueIsCut"));
        }
    }

    @Test
    void theNewestFiftyAreTheNewestFiftyOfAllPartitions() {
        try (Records records = Records.into(Broker.topic("httpnewest", 12))) {
            for (int partition = 1; partition < 12; partition++) {
                for (int i = 0; i < 20; i++) {
                    records.send(partition, 1000 + i, null, null);
                }
            }
            for (int i = 0; i < 200; i++) {
                records.send(0, 5000 + i, null, null);
            }
            records.flush();

            JsonNode page = serving.json(Serving.records(records.topic()) + "?order=time&direction=desc&page_size=50");

            assertThat(Listed.records(page))
                    .extracting(record -> record.get("timestamp").longValue())
                    .isSortedAccordingTo(Comparator.reverseOrder())
                    .first()
                    .isEqualTo(5199L);
            assertThat(Listed.places(page)).extracting(Place::partition).containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void mergesTheRecordsOfEachPageOfRounds(String direction) {
        try (Records records = Records.into(Broker.topic("httpmerged", 3))) {
            for (int partition : new int[] {2, 0, 1}) {
                records.send(partition, 3000 - partition, null, null);
                records.send(partition, 1000, null, null);
                records.send(partition, 1000, null, null);
            }
            records.flush();

            assertThat(Listed.places(
                            serving.json(Serving.records(records.topic()) + "?page_size=9&direction=" + direction)))
                    .isEqualTo(merged(records.rows(), direction.equals("asc")));
        }
    }

    /** Again and again the partition whose next record is the oldest, or the newest; the lower one among equals. */
    private static List<Place> merged(List<Row> rows, boolean ascending) {
        SortedMap<Integer, Deque<Row>> partitions = new TreeMap<>();
        for (Row row : rows) {
            Deque<Row> left = partitions.computeIfAbsent(row.partition(), partition -> new ArrayDeque<>());
            if (ascending) {
                left.addLast(row);
            } else {
                left.addFirst(row);
            }
        }
        List<Place> merged = new ArrayList<>();
        while (merged.size() < rows.size()) {
            Deque<Row> next = null;
            for (Deque<Row> left : partitions.values()) {
                if (!left.isEmpty() && (next == null || isBefore(left.getFirst(), next.getFirst(), ascending))) {
                    next = left;
                }
            }
            Row row = next.removeFirst();
            merged.add(new Place(row.partition(), row.offset()));
        }
        return merged;
    }

    private static boolean isBefore(Row one, Row other, boolean ascending) {
        return ascending ? one.timestamp() < other.timestamp() : one.timestamp() > other.timestamp();
    }
}
