package io.pagewalk.it.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** A search looks through all of a topic, and says how far it has come. */
abstract class BrowsedSearches {
    private static final int RECORDS = 3_000;
    private static final String WHERE = "[aria-label='search in']";
    private static final String TEXT = "[aria-label='search for']";
    private static final String GO_ON =
            "[...document.querySelectorAll('.foot button')].some(each => each.textContent === 'go on')";

    private static Serving serving;
    private static String topic;

    @BeforeAll
    static void fill() {
        serving = BrowseIT.serving();
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

    private static Tab opened(String query) {
        return BrowseIT.tab().open(serving, "?topic=" + topic + query).untilThere(".foot");
    }

    @Test
    @LongTest
    void aFieldIsSearchedForByWhoTypesItsName() {
        try (Tab tab = opened("")) {
            tab.untilListed();
            tab.choose(WHERE, "json").untilThere(".search .name");
            tab.click(TEXT).press("777", Keys.ENTER).untilText(".search [role=alert]", "Error: which field?");
            tab.type(".search .name", "$.customer.id", Keys.ENTER);

            tab.untilText(".foot", "3 found: all of 3,000 offsets looked through");
            assertThat(tab.texts(".list .key")).containsExactlyInAnyOrder("key-777", "key-1777", "key-2777");
            assertThat(tab.text(".filter")).isEqualTo("customer.id = 777 ×");
            assertThat(tab.value("document.querySelector('.filter').ariaLabel"))
                    .isEqualTo("remove filter customer.id = 777");
            assertThat(tab.value("document.querySelector(arguments[0]).value", TEXT))
                    .isEqualTo("777");
            tab.until("document.activeElement.getAttribute('role') === 'grid'");

            tab.click(".filter").untilText(".foot", "3,000 offsets").untilGone(".filter");
            tab.untilListed();
        }
    }

    @Test
    void moreThanEnoughWaitsUntilSomebodyGoesOn() {
        try (Tab tab = opened("&contains=north&direction=asc")) {
            tab.until(GO_ON);
            assertThat(tab.text(".foot"))
                    .containsPattern("[0-9]+ found, looked through [0-9,]+ of 3,000 offsets; stopped at 50 matches");
            tab.untilText("[role=status]", "stopped at 50 matches");

            tab.until("(() => { if (" + GO_ON + ") [...document.querySelectorAll('.foot button')][0].click();"
                    + " return document.querySelector('.foot').textContent.includes('all of'); })()");

            assertThat(tab.text(".foot")).contains("150 found: all of 3,000 offsets looked through");
            assertThat(tab.value("document.querySelector('[role=grid]').getAttribute('aria-rowcount')"))
                    .isEqualTo("151");
            tab.untilText("[role=status]", "150 found");
        }
    }

    @Test
    @LongTest
    void aSearchThatRunsIsStopped() {
        try (Tab tab = opened("")) {
            tab.untilListed();
            // Pieces do not come as long as this holds them back.
            tab.value("(() => { const read = window.fetch; window.fetch = (address, options) =>"
                    + " String(address).includes('scan_size') ? new Promise((resolve, reject) =>"
                    + " options.signal.addEventListener('abort', () => reject(options.signal.reason)))"
                    + " : read(address, options); window.goOnReading = () => { window.fetch = read; }; })()");
            tab.press("/").type(TEXT, "south", Keys.ENTER).untilText("[role=status]", "searching");
            tab.untilThere(".foot progress").clickButton("stop");

            tab.until(GO_ON).untilText("[role=status]", "stopped");
            tab.value("window.goOnReading()");
            tab.clickButton("go on").untilText(".foot", "found, looked through");
        }
    }

    @Test
    @LongTest
    void aPartOfTheTopicIsSaidToBeOne() {
        Instant middle = Instant.parse("2030-01-01T00:00:00Z");
        try (Tab tab = opened("&key=key-1&direction=asc&at=" + middle)) {
            tab.untilText(
                    ".foot", "No record has key key-1 from 2030-01-01 00:00 UTC on: 0 of 3,000 offsets looked through");
            tab.clickButton("search the whole topic");

            tab.untilText(".foot", "1 found: all of 3,000 offsets looked through");
        }
    }

    @Test
    @LongTest
    void aFieldThatNoRecordHasIsToldOfAndSoIsThatNothingIsGreater() {
        try (Tab tab = opened("&json./customer/nmae=x&key=%20y")) {
            tab.untilText(".foot", "None of the newest 100 records has a field customer.nmae");
            assertThat(tab.texts(".filter")).containsExactlyInAnyOrder("customer.nmae = x ×", "key = “ y” ×");
            tab.choose(WHERE, "json").type(TEXT, ">5").untilText(".search", "compared for equality, as text");
        }
    }

    @Test
    @LongTest
    void aKeyAndAHeaderHaveBothToMatch() {
        try (Tab tab = opened("&key_prefix=key-12&header.number=1234")) {
            tab.untilText(".foot", "1 found: all of 3,000 offsets looked through");
            assertThat(tab.texts(".list .key")).containsExactly("key-1234");
        }
    }

    @Test
    void nothingFoundIsSaid() {
        try (Tab tab = opened("&contains=west")) {
            tab.untilText(".foot", "No record's value contains west: all of 3,000 offsets looked through");
            tab.untilText(".listing .empty", "No record's value contains west");
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
