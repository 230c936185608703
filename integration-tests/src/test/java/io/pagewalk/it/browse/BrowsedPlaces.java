package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** An address has what is looked at: it can be loaded anew, and passed on. */
abstract class BrowsedPlaces {
    private static final int RECORDS = 1_500;

    private static Serving serving;
    private static Records records;

    @BeforeAll
    static void fill() {
        serving = BrowseIT.serving();
        records = Records.filled("browse-places", RECORDS, 40);
    }

    @AfterAll
    static void stop() {
        records.close();
    }

    private static String topic() {
        return "?topic=" + records.topic();
    }

    /** Scrolls on, as far as rows are known. Once the address has what is there, {@code window.moved} is true. */
    private static void scroll(Tab tab, int row) {
        tab.until(
                "(() => { const list = document.querySelector('.list'); list.scrollTop = 28 * arguments[0];"
                        + " return list.scrollTop === 28 * arguments[0]; })()",
                row);
        tab.until(
                "[...document.querySelectorAll('.row')].some(row => row.getAttribute('aria-rowindex') === arguments[0]"
                        + " && row.querySelector('.place'))",
                String.valueOf(row + 2));
        // It was scrolled there for good just now, so what comes next is its address.
        tab.value("(() => { const replace = history.replaceState; history.replaceState = (...all) => {"
                + " replace.apply(history, all); window.moved = true; }; })()");
    }

    @ParameterizedTest
    @CsvSource({"'', at=", "&at=offset:700&direction=asc&order=rounds&partitions=0, at="})
    @LongCases({"&direction=asc, at=", "&order=rounds, page_token=", "&order=rounds&direction=asc, page_token="})
    void loadingThePageAnewKeepsThePlace(String query, String kept) {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic() + query).untilListed();
            scroll(tab, 500);
            List<String> seen = tab.places();
            assertThat(seen).hasSizeGreaterThan(15);
            tab.until("window.moved && location.search.includes(arguments[0])", kept);

            tab.reload();

            tab.untilListed().until("document.querySelectorAll('.row .place').length > 20");
            assertThat(tab.places()).startsWith(seen.get(0), seen.get(1), seen.get(2));

            tab.press(Keys.ARROW_UP, Keys.ARROW_UP);
            tab.until("Number(document.querySelector('.row.current').getAttribute('aria-rowindex')) > 0");
            tab.untilListed();
        }
    }

    @Test
    void aRecordIsOpenedOverTheListAndGoingBackLeavesItThere() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic()).untilListed();
            scroll(tab, 500);
            tab.value("document.querySelectorAll('.row')[12].click()");
            String record = tab.untilThere(".detail h2").current();
            Object scrolled = tab.value("document.querySelector('.list').scrollTop");
            assertThat(tab.value("document.activeElement.tagName")).isEqualTo("H2");

            tab.back();
            tab.untilGone(".detail").until("document.activeElement.getAttribute('role') === 'grid'");
            assertThat(tab.current()).isEqualTo(record);
            assertThat(tab.value("document.querySelector('.list').scrollTop")).isEqualTo(scrolled);

            tab.press(Keys.ENTER)
                    .untilThere(".detail")
                    .until("location.search.includes('record=') && location.search.includes('at=')");
            tab.reload();
            tab.untilListed()
                    .until("document.querySelector('.row.current .place')?.textContent === arguments[0]", record);
            tab.press(Keys.ESCAPE).untilGone(".detail");
            assertThat(tab.current()).isEqualTo(record);

            tab.press(Keys.ENTER).untilThere(".detail").press("n").untilGone(".detail");
            tab.until("!location.search.includes('record=')");
        }
    }

    @Test
    void aLinkToARecordShowsItInItsPlaceInTheListAndClosingItLeavesItThere() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic() + "&record=0:700").untilListed();

            tab.untilText(".detail h2", "partition 0, offset 700");
            assertThat(tab.text(".detail pre")).contains("\"partition\": 0");
            tab.until("document.querySelector('.row.current .place')?.textContent === '0:700'");
            tab.until(
                    "arguments[0].every(place => [...document.querySelectorAll('.row .place')]"
                            + ".some(each => each.textContent === place))",
                    List.of("0:701", "0:699", "0:698"));

            tab.click(".detail [aria-label=Close]").untilGone(".detail");
            assertThat(tab.current()).isEqualTo("0:700");
            assertThat(tab.address()).doesNotContain("record=");
        }
    }

    @Test
    @LongTest
    void aLinkToARecordThatIsNotThereSaysSo() {
        try (Tab tab = BrowseIT.tab()) {
            tab.expects(404).open(serving, topic() + "&record=1:17000").untilListed();

            tab.untilText(".said", "17000");
        }
    }

    @Test
    void aLinkToAPageBeginsWithItsFirstRecord() {
        JsonNode first = serving.json(Serving.records(records.topic()) + "?page_size=100&order=time&direction=desc");
        String token = first.at("/meta/next_page_token").textValue();
        JsonNode second = serving.json(Serving.records(records.topic()) + "?page_token=" + token);
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic() + "&page_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                    .untilListed();

            assertThat(tab.places()).startsWith(place(second.at("/records/0")), place(second.at("/records/1")));
        }
    }

    private static String place(JsonNode record) {
        return record.get("partition").asText() + ":"
                + String.format(Locale.ROOT, "%,d", record.get("offset").intValue());
    }

    @Test
    void aTimeShowsWhatCameThenAndScrollingUpWhatCameBefore() {
        Instant at = Instant.ofEpochMilli(Records.FIRST_TIMESTAMP + 1000 * 700);
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic() + "&direction=asc&at=" + at).untilListed();
            assertThat(tab.places()).startsWith("0:700", "0:701");
            tab.untilText(".list", "0:699");

            tab.press(Keys.ARROW_UP).until("document.querySelector('.row.current .place')?.textContent === '0:699'");
            tab.press(Keys.PAGE_UP).untilText(".list", "0:680");
        }
    }

    @Test
    @LongTest
    void theBarBesideTheListGoesAnywhere() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic() + "&order=rounds&direction=asc&partitions=0")
                    .untilListed();

            tab.value("document.querySelector('.extent').focus()");
            tab.press(Keys.PAGE_DOWN).until(near(RECORDS * 2 / 10));
            tab.press(Keys.PAGE_DOWN).until(near(RECORDS * 4 / 10));
            assertThat(tab.address()).contains("skip=");
            tab.back();
            tab.untilListed();

            assertThat(tab.value("document.querySelector('.extent').ariaLabel"))
                    .isEqualTo("Place in the topic: go to another one");
            tab.open(
                    serving, topic() + "&direction=desc&at=" + Instant.ofEpochMilli(Records.FIRST_TIMESTAMP + 700_000));
            tab.untilListed()
                    .untilText(".list", "0:701")
                    .hover(".extent")
                    .untilText(".extent [role=tooltip]", "go to 2023-");
            tab.until("performance.getEntriesByType('resource').some(each => each.name.includes('/newer'))");
            tab.untilText(".toolbar", "reload");
        }
    }

    /** The chosen row has an offset like this one. */
    private static String near(int offset) {
        return "Math.abs(" + offset + " - Number(document.querySelector('.row.current .place')?.textContent.slice(2)"
                + ".replace(',', ''))) < 40";
    }

    @Test
    @LongTest
    void partitionsThatAreNoneAreToldOfWhereTheyAreTyped() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, topic()).untilListed();
            tab.type("[size='8']", "abc", Keys.ENTER).untilText(".toolbar [role=alert]", "Error: “abc” is no list");
            tab.type("[size='8']", "0-7", Keys.ENTER).untilText(".toolbar [role=alert]", "there is no partition 7");
            assertThat(tab.places()).isNotEmpty();
            tab.type("[size='8']", "1", Keys.ENTER)
                    .untilGone(".toolbar [role=alert]")
                    .untilText(".row.current", "1:39");
        }
    }

    @Test
    @LongTest
    void severalTopicsAreLookedAtOneAfterTheOther() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "").untilText(".topics", records.topic());
            tab.value(
                    "[...document.querySelectorAll('.topics a')].find(each => each.textContent === arguments[0]).click()",
                    records.topic());
            tab.untilListed();
            assertThat(tab.text("h1")).isEqualTo(records.topic());

            tab.back();

            tab.untilText("h1", "Topics");
        }
    }
}
