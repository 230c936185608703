package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.Pages;
import io.pagewalk.Pagewalk;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CountedClients;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Survivors;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.ListingToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Following the tokens from the first page to null shows every record once, in pages that have something to show. */
class PageIT {
    /** A record as pages show it. */
    private record Shown(int partition, long offset, long timestamp) {}

    @ParameterizedTest
    @CsvSource("7, 300")
    @LongCases({"3, 300", "100, 10_000"})
    void walksPartitionsOfNoneOneTenAndManyRecordsToNull(String pageSize, String many) {
        int longest = Integer.parseInt(many.replace("_", ""));
        int perPage = Integer.parseInt(pageSize);
        int pages = (longest + 11 + perPage - 1) / perPage;
        try (Records records = Records.filled("walk", 0, 1, 10, longest)) {
            CompletableFuture<List<JsonNode>> backwards = CompletableFuture.supplyAsync(
                    () -> walk(records.topic(), "--records", pageSize, "--direction", "desc"));
            List<JsonNode> forwards = walk(records.topic(), "--records", pageSize, "--direction", "asc");

            assertWalked(forwards, records, perPage, pages);
            assertWalked(backwards.join(), records, perPage, pages);
            // Partition 3 is the longest: it ends alone, and its newest records come first.
            assertThat(shown(forwards.get(pages - 1)))
                    .extracting(Shown::partition)
                    .containsOnly(3);
            assertThat(shown(backwards.join().get(0)))
                    .contains(new Shown(3, longest - 1, rowAt(records, 3, longest - 1)));
            assertThat(forwards.get(0).get("remaining").asLong()).isEqualTo(longest + 11 - perPage);
        }
    }

    private static long rowAt(Records records, int partition, long offset) {
        return records.rows().stream()
                .filter(row -> row.partition() == partition && row.offset() == offset)
                .findAny()
                .orElseThrow()
                .timestamp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void hasAnEmptyPageAtMostAtItsEndWhereTheLogEndsInMarkersAndAbortedData(String direction) {
        try (Records records = Records.transactional(Broker.topic("walkmarkers", 2))) {
            records.send(0, 3).abort();
            records.send(0, 6).send(1, 3).commit();
            records.send(1, 9).abort();
            records.send(0, 1).commit();
            records.send(0, 20).abort();

            assertWalked(walk(records.topic(), "--records", "3", "--direction", direction), records, 3, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void walksOverCompactionGaps(String direction) {
        try (Records records = Records.into(Broker.topic("walkgaps", 1, Topics.compacted()))) {
            List<Row> survivors = Survivors.compact(records);

            List<JsonNode> pages = walk(records.topic(), "--records", "5", "--direction", direction);

            assertThat(pages.subList(0, pages.size() - 1))
                    .allSatisfy(page -> assertThat(shown(page)).hasSize(5));
            assertThat(pages.stream().flatMap(page -> shown(page).stream()).map(Shown::offset))
                    .containsExactlyInAnyOrderElementsOf(
                            survivors.stream().map(Row::offset).toList());
        }
    }

    @Test
    void showsAnEmptyTopicAsOneEmptyPage() {
        JsonNode page = page("--topic", Broker.topic("walkempty", 2));

        assertThat(page.get("records")).isEmpty();
        assertThat(page.get("nextPageToken").isNull()).isTrue();
        assertThat(page.get("remaining").asLong()).isZero();
    }

    @Test
    void hasNoFurtherPageBehindAFullOne() {
        try (Records records = Records.filled("walkfull", 6)) {
            assertThat(walk(records.topic(), "--records", "3")).hasSize(2);
            assertThat(walk(records.topic(), "--records", "6")).hasSize(1);
        }
    }

    @Test
    void mergesAPageByTimeAndKeepsTheOrderOfEachPartition() {
        try (Records records = Records.into(Broker.topic("walkorder", 3))) {
            for (int partition : new int[] {2, 0, 1}) {
                records.send(partition, 3000 - partition, null, null);
                records.send(partition, 1000, null, null);
                records.send(partition, 1000, null, null);
            }
            records.flush();

            assertThat(shown(page("--topic", records.topic())))
                    .extracting(shown -> shown.partition() + "-" + shown.offset())
                    .containsExactly("2-0", "2-1", "2-2", "1-0", "1-1", "1-2", "0-0", "0-1", "0-2");
            assertThat(shown(page("--topic", records.topic(), "--direction", "desc")))
                    .extracting(shown -> shown.partition() + "-" + shown.offset())
                    .containsExactly("0-2", "0-1", "0-0", "1-2", "1-1", "1-0", "2-2", "2-1", "2-0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void walksMorePartitionsThanAPageHasRecordsInPagesOfAnySize(String direction) {
        int[] sizes = new int[60];
        Arrays.setAll(sizes, partition -> partition % 3);
        try (Records records = Records.filled("walksixty", sizes)) {
            List<JsonNode> pages = new ArrayList<>();
            JsonNode page = page("--topic", records.topic(), "--records", "50", "--direction", direction);
            pages.add(page);
            for (int size = 1; !page.get("nextPageToken").isNull(); size += 3) {
                page = page("--page-token", page.get("nextPageToken").asText(), "--records", Integer.toString(size));
                pages.add(page);
                assertThat(shown(page)).hasSizeBetween(1, size);
            }

            assertThat(pages.stream().flatMap(shown -> shown(shown).stream()))
                    .containsExactlyInAnyOrderElementsOf(records.rows().stream()
                            .map(row -> new Shown(row.partition(), row.offset(), row.timestamp()))
                            .toList());
            assertThat(pages).hasSize(4);
        }
    }

    @Test
    void opensOneConnectionForAPage() {
        try (Records records = Records.filled("walkonce", 5)) {
            String counted = "--command-property=metric.reporters=" + CountedClients.class.getName();

            CountedClients.reset();
            JsonNode first = page("--topic", records.topic(), "--records", "3", counted);
            assertThat(CountedClients.admins()).isEqualTo(1);

            CountedClients.reset();
            page("--page-token", first.get("nextPageToken").asText(), counted);
            assertThat(CountedClients.admins()).isEqualTo(1);
        }
    }

    @Test
    void theTokenOfTheFirstPageGivesItAgain() {
        try (Records records = Records.filled("walkagain", 5);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open();
                Pages pages = pagewalk.pages(1, 1 << 20)) {
            ListingToken first = pages.first(ListingSpec.of(records.topic(), 3), RecordFilter.ALL);

            ListingToken next = assertRead(pages, first, 0, 1, 2).next();
            assertRead(pages, first, 0, 1, 2);
            assertThat(assertRead(pages, next, 3, 4).next()).isNull();
        }
    }

    private static ListedPage assertRead(Pages pages, ListingToken token, Integer... offsets) {
        try (ListedPage page = pages.read(token, RecordFilter.ALL, PageLimits.ofBytes(1000))) {
            assertThat(page.records())
                    .extracting(record -> (int) record.offset())
                    .containsExactly(offsets);
            return page;
        }
    }

    @Test
    void listsByTimeOverAllPartitions() {
        try (Records records = Records.into(Broker.topic("walktime", 3))) {
            for (int i = 0; i < 30; i++) {
                records.send(0, 1000 + i, null, null);
            }
            records.send(1, 1010, null, null);
            records.send(2, 5, null, null);
            records.flush();

            List<JsonNode> newest = walk(records.topic(), "--records", "7", "--direction", "desc", "--order", "time");
            List<JsonNode> oldest = walk(records.topic(), "--records", "7", "--order", "time");

            assertThat(newest.stream().flatMap(page -> shown(page).stream()).map(Shown::timestamp))
                    .isSortedAccordingTo(Comparator.reverseOrder())
                    .hasSize(32);
            assertThat(oldest.stream().flatMap(page -> shown(page).stream()).map(Shown::timestamp))
                    .isSorted()
                    .hasSize(32);
        }
    }

    @Test
    void takesATokenFromStandardInput() {
        try (Records records = Records.filled("walkstdin", 5)) {
            JsonNode first = page("--topic", records.topic(), "--records", "3");
            String token = first.get("nextPageToken").asText();

            JsonNode second = Output.json(
                    Cli.run(Map.of(), token + "\n", "page", "--bootstrap-server", Broker.servers(), "--page-token", "-")
                            .exits(0)
                            .out());

            assertThat(second).isEqualTo(page("--page-token", token));
            assertThat(shown(second)).extracting(Shown::offset).containsExactly(3L, 4L);
            assertThat(second.get("nextPageToken").isNull()).isTrue();
        }
    }

    @Test
    void showsNothingThatCameAfterTheFirstPage() {
        try (Records records = Records.filled("walkfrozen", 4)) {
            JsonNode first = page("--topic", records.topic(), "--records", "3");
            records.send(0, 10).flush();

            JsonNode second = page("--page-token", first.get("nextPageToken").asText());

            assertThat(shown(second)).extracting(Shown::offset).containsExactly(3L);
            assertThat(second.get("nextPageToken").isNull()).isTrue();
        }
    }

    @Test
    void saysHowEachPayloadIsRendered() {
        try (Records records = Records.into(Broker.topic("walkauto", 1))) {
            records.send(0, 1, "text".getBytes(UTF_8), "{\"a\" :\r\n [1.50]}".getBytes(UTF_8));
            records.send(0, 2, new byte[] {(byte) 0xFF}, null, Records.header("h", "ü".getBytes(UTF_8)));
            records.flush();

            JsonNode page = page("--topic", records.topic());

            assertThat(page.get("records").get(0))
                    .isEqualTo(Output.json("{\"topic\":\"" + records.topic()
                            + "\",\"partition\":0,\"offset\":0,\"timestamp\":1,\"timestampType\":\"CreateTime\","
                            + "\"key\":\"text\",\"keyFormat\":\"string\",\"value\":{\"a\":[1.50]},\"valueFormat\":\"json\","
                            + "\"headers\":[]}"));
            assertThat(page.get("records").get(1))
                    .isEqualTo(Output.json("{\"topic\":\"" + records.topic()
                            + "\",\"partition\":0,\"offset\":1,\"timestamp\":2,\"timestampType\":\"CreateTime\","
                            + "\"key\":\"/w==\",\"keyFormat\":\"bytes\",\"value\":null,"
                            + "\"headers\":[{\"key\":\"h\",\"value\":\"ü\",\"valueFormat\":\"string\"}]}"));
        }
    }

    @Test
    @LongTest
    void aPageEndsBeforeTheRecordThatWouldBeTooMuch() {
        try (Records records = Records.into(
                Broker.topic("walkbig", 1, Map.of("max.message.bytes", "2000000")),
                Map.of("max.request.size", 2_000_000, "batch.size", 2_000_000))) {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 70; i++) {
                records.send(0, null, megabyte);
            }
            records.flush();

            JsonNode first = page("--topic", records.topic(), "--records", "70");
            JsonNode second = page("--page-token", first.get("nextPageToken").asText());

            assertThat(shown(first)).hasSize(64);
            assertThat(shown(second)).extracting(Shown::offset).startsWith(64L).hasSize(6);
            assertThat(second.get("nextPageToken").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1"})
    void refusesNumbersOfRecordsOutOfBounds(String size) {
        assertThat(Cli.run(arguments("--topic", "orders", "--records", size))
                        .exits(2)
                        .error())
                .contains("--records", "10,000");
    }

    @Test
    void beginsAnewWhereTheNextPageIsGone() {
        Records records = Records.filled("walkgone", 9);
        String token = page("--topic", records.topic(), "--records", "3")
                .get("nextPageToken")
                .asText();
        Broker.deleteRecords(records.topic(), 0, 7);

        assertThat(Cli.run(arguments("--page-token", token)).exits(4).error())
                .contains(records.topic() + "-0: offsets [3, 7) are gone", "begin anew with a fresh token")
                .doesNotContain("--on-data-loss");
        assertThat(shown(page("--topic", records.topic()))).hasSize(2);
    }

    @Test
    void refusesADamagedToken() {
        String token = page("--topic", Records.filled("walkdamaged", 9).topic(), "--records", "3")
                .get("nextPageToken")
                .asText();

        assertThat(Cli.run(arguments("--page-token", token.substring(0, token.length() - 5)))
                        .exits(2)
                        .error())
                .contains("token");
    }

    private static void assertWalked(List<JsonNode> pages, Records records, int pageSize, int expectedPages) {
        if (expectedPages > 0) {
            assertThat(pages).hasSize(expectedPages);
        }
        assertThat(pages.subList(0, pages.size() - 1))
                .allSatisfy(page -> assertThat(shown(page)).hasSize(pageSize));
        assertThat(pages.stream().flatMap(page -> shown(page).stream()))
                .containsExactlyInAnyOrderElementsOf(records.rows().stream()
                        .map(row -> new Shown(row.partition(), row.offset(), row.timestamp()))
                        .toList());
    }

    /** All pages from the first to the one whose token is null. */
    private static List<JsonNode> walk(String topic, String... first) {
        List<JsonNode> pages = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of("--topic", topic));
        arguments.addAll(Arrays.asList(first));
        JsonNode page = page(arguments.toArray(String[]::new));
        pages.add(page);
        while (!page.get("nextPageToken").isNull()) {
            page = page("--page-token", page.get("nextPageToken").asText());
            pages.add(page);
            assertThat(pages).hasSizeLessThan(5000);
        }
        assertThat(page.get("remaining").asLong()).isZero();
        return pages;
    }

    private static JsonNode page(String... arguments) {
        return Output.json(Cli.run(arguments(arguments)).exits(0).out());
    }

    private static String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of("page", "--bootstrap-server", Broker.servers()));
        arguments.addAll(Arrays.asList(more));
        return arguments.toArray(String[]::new);
    }

    private static List<Shown> shown(JsonNode page) {
        return StreamSupport.stream(page.get("records").spliterator(), false)
                .map(record -> new Shown(
                        record.get("partition").asInt(),
                        record.get("offset").asLong(),
                        record.get("timestamp").asLong()))
                .toList();
    }
}
