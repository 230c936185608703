package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Serving;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What pages list. */
final class Listed {
    /** Where a record is. */
    record Place(int partition, long offset) {}

    /** A page of a stream. */
    record Streamed(List<JsonNode> records, JsonNode meta) {}

    private Listed() {}

    /** The page that an answer has. */
    static JsonNode page(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Output.json(response.body());
    }

    /** The records of a page. */
    static List<JsonNode> records(JsonNode page) {
        return StreamSupport.stream(page.get("records").spliterator(), false).toList();
    }

    static Place place(JsonNode record) {
        return new Place(
                record.get("partition").intValue(), record.get("offset").longValue());
    }

    static List<Place> places(JsonNode page) {
        return records(page).stream().map(Listed::place).toList();
    }

    static List<Place> places(List<JsonNode> pages) {
        return pages.stream().flatMap(page -> places(page).stream()).toList();
    }

    static List<Place> places(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Place(row.partition(), row.offset()))
                .toList();
    }

    /** Each of them once, and those of a partition in the order of the walk. */
    static void assertEachOnce(List<Place> listed, List<Row> rows, String direction) {
        assertThat(listed).containsExactlyInAnyOrderElementsOf(places(rows));
        listed.stream()
                .collect(
                        Collectors.groupingBy(Place::partition, Collectors.mapping(Place::offset, Collectors.toList())))
                .values()
                .forEach(offsets -> assertThat(offsets)
                        .isSortedAccordingTo(
                                (a, b) -> direction.equals("asc") ? Long.compare(a, b) : Long.compare(b, a)));
    }

    /** The lines of a stream. */
    static List<JsonNode> lines(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().lines().map(Output::json).toList();
    }

    /** The pages of a stream that has all of them. */
    static List<Streamed> all(Serving serving, String topic, String query) {
        List<Streamed> pages = new ArrayList<>();
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode line : lines(serving.get(Serving.records(topic) + query + "&all=true&format=ndjson"))) {
            if (line.has("data")) {
                records.add(line.get("data"));
            } else if (line.has("page") || line.has("done")) {
                pages.add(new Streamed(List.copyOf(records), line.has("page") ? line.get("page") : line.get("done")));
                records.clear();
            }
        }
        return pages;
    }
}
