package io.pagewalk.it.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** A search looks through all of a topic, and says how far it has come. */
abstract class BrowsedSearches {
    private static final int RECORDS = 3_000;

    private static Serving serving;
    private static String topic;

    @BeforeAll
    static void fill() {
        serving = Serving.start();
        topic = Broker.topic("browse-searches", 3);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < RECORDS; i++) {
                String value = "{\"customer\":{\"id\":" + i % 1000 + "},\"zone\":\"" + (i % 20 == 0 ? "north" : "south")
                        + "\"}";
                records.send(
                        i % 3,
                        ("key-" + i).getBytes(UTF_8),
                        value.getBytes(UTF_8),
                        Records.header("number", String.valueOf(i).getBytes(UTF_8)));
            }
            records.flush();
        }
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    private static Tab opened(String query) {
        return BrowseIT.tab().open(serving, "?topic=" + topic + query).untilThere(".foot");
    }

    @Test
    void aFieldIsSearchedForByWhoTypesItsName() {
        try (Tab tab = opened("")) {
            tab.untilListed();
            tab.value("(() => { const where = document.querySelector('[aria-label=Where]'); where.value = 'json';"
                    + " where.dispatchEvent(new Event('change', {bubbles: true})); })()");
            tab.untilThere("[aria-label=Name]").click("[aria-label=Name]").press("customer.id");
            tab.click("[aria-label=Text]").press("777", Keys.ENTER);

            tab.untilText(".foot", "3 found: all of 3,000 offsets looked through");
            assertThat(tab.texts(".list .key")).containsExactlyInAnyOrder("key-777", "key-1777", "key-2777");
            assertThat(tab.text(".filter")).contains("json./customer/id = 777");

            tab.click(".filter").untilText(".foot", "3,000 offsets").untilGone(".filter");
            tab.untilListed();
        }
    }

    @Test
    void moreThanEnoughWaitsUntilSomebodyGoesOn() {
        try (Tab tab = opened("&contains=north&direction=asc")) {
            tab.until("[...document.querySelectorAll('.foot button')].some(each => each.textContent === 'search on')");
            String before = tab.text(".foot");
            assertThat(before).containsPattern("[0-9]+ found in [0-9,]+ of 3,000 offsets");

            tab.until(
                    "(() => { [...document.querySelectorAll('.foot button')].find(each => each.textContent === 'search on')"
                            + "?.click(); return document.querySelector('.foot').textContent.includes('looked through'); })()");

            assertThat(tab.text(".foot")).contains("150 found: all of 3,000 offsets looked through");
            assertThat(tab.value("document.querySelector('.list').getAttribute('aria-rowcount')"))
                    .isEqualTo("151");
        }
    }

    @Test
    void aKeyAndAHeaderHaveBothToMatch() {
        try (Tab tab = opened("&key_prefix=key-12&header.number=1234")) {
            tab.untilText(".foot", "1 found: all of 3,000 offsets looked through");
            assertThat(tab.texts(".list .key")).containsExactly("key-1234");
        }
    }

    @Test
    void nothingFoundIsSaid() {
        try (Tab tab = opened("&contains=west")) {
            tab.untilText(".foot", "0 found: all of 3,000 offsets looked through");
            tab.untilText(".listing", "nothing found");
        }
    }

    @Test
    void theNewestRecordOfAKeyIsTheFirstThatIsFound() {
        try (Tab tab = opened("&key=key-2000")) {
            tab.untilText(".foot", "1 found");
            tab.press(Keys.ENTER).untilText(".detail", "\"north\"");
        }
    }

    /** More than the page looks through at once. */
    private static final int MANY = 60_000;

    @Test
    void aSearchGoesOnOverWhatHasNothing() {
        String far = Broker.topic("browse-far", 1);
        try (Records records = Records.into(far)) {
            records.send(0, "needle".getBytes(UTF_8), "here".getBytes(UTF_8));
            for (int i = 1; i < MANY; i++) {
                records.send(0, null, "x".getBytes(UTF_8));
            }
            records.flush();
        }
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + far + "&key=needle");

            tab.untilText(".foot", "1 found: all of 60,000 offsets looked through");
            assertThat(tab.texts(".list .place")).containsExactly("0:0");
            assertThat(
                            (Long)
                                    tab.value(
                                            "performance.getEntriesByType('resource').filter(each => each.name.includes('/records?')).length"))
                    .as("requests, of which the first ones found nothing")
                    .isGreaterThan(1);
        }
    }
}
