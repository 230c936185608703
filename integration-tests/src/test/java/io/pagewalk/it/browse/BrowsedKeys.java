package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Everything is done with keys. */
abstract class BrowsedKeys {
    private static Serving serving;
    private static Records records;

    @BeforeAll
    static void fill() {
        serving = BrowseIT.serving();
        records = Records.filled("browse-keys", 300);
    }

    @AfterAll
    static void stop() {
        records.close();
    }

    @Test
    void fromTheTopicsToARecordAndBack() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "").untilText(".topics", records.topic());

            tab.press("/", records.topic()).until("document.querySelectorAll('.topics a').length === 1");
            tab.press(Keys.ESCAPE, "j").until("document.activeElement.tagName === 'A'");
            tab.press(Keys.ENTER).untilListed();
            assertThat(tab.current()).isEqualTo("0:299");

            tab.press("j", "j", Keys.ARROW_DOWN, "k").untilText(".row.current", "0:297");
            tab.press(Keys.ENTER).untilText(".detail h2", "offset 297");
            tab.press("j").untilText(".detail h2", "offset 296");
            tab.press(Keys.ESCAPE).untilGone(".detail");
            tab.press(Keys.ENTER).untilThere(".detail");
            tab.value("['Escape', 'Escape'].forEach(key => document.activeElement.dispatchEvent("
                    + "new KeyboardEvent('keydown', {key, bubbles: true})))");
            tab.untilGone(".detail");
            assertThat(tab.text("h1")).as("one step back").isEqualTo(records.topic());
            tab.press(Keys.PAGE_DOWN).until("!document.querySelector('.row.current').textContent.includes('0:296')");
            tab.press(Keys.HOME).untilText(".row.current", "0:299");

            tab.press("u").untilText("h1", "Topics");
        }
    }

    @Test
    void toAnyPlace() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();

            tab.press("o").untilText(".row.current", "0:0");
            tab.press("n").untilText(".row.current", "0:299");

            tab.press("g")
                    .untilThere("dialog[open]")
                    .press("nowhere", Keys.ENTER)
                    .untilText("dialog [role=alert]", "Error: not understood: a time");
            tab.selectAll()
                    .press("3:17", Keys.ENTER)
                    .untilText("dialog [role=alert]", "Error: there is no partition 3");
            tab.selectAll().press("0:1,017", Keys.ENTER).untilGone("dialog").untilText(".row.current", "0:299");
            tab.untilText("[role=status]", "no record at or after offset 1,017 of partition 0; this is its newest");
            tab.press("g").untilThere("dialog[open]").press("0:17", Keys.ENTER).untilGone("dialog");
            tab.untilText(".row.current", "0:17").untilText(".list", "0:16");
            assertThat(tab.address()).doesNotContain("partitions=");
            assertThat(tab.texts(".toolbar [aria-pressed=true]")).containsExactly("go to…");
            tab.until("document.activeElement.getAttribute('role') === 'grid'");

            tab.press("g").untilThere("dialog[open]").press(Keys.ESCAPE).untilGone("dialog");
            tab.press("g")
                    .untilThere("dialog[open]")
                    .press("2023-11-14T22:14:20Z", Keys.ENTER)
                    .untilGone("dialog");
            tab.untilText(".row.current", "0:60");

            tab.press("g").untilThere("dialog[open]").press("today", Keys.ENTER).untilGone("dialog");
            tab.untilText(".row.current", "0:299").untilText("[role=status]", "this is the newest");
        }
    }

    @Test
    @LongTest
    void timesAreOfTheBrowsersZone() {
        try (Tab tab = BrowseIT.tab().zone("Europe/Berlin")) {
            tab.open(serving, "?topic=" + records.topic())
                    .untilListed()
                    .press("g")
                    .untilThere("dialog[open]");
            understood(tab, "2023-11-14 23:14", "2023-11-14 23:14 Europe/Berlin, 22:14 UTC");
            understood(tab, "2023-11-15", "2023-11-15 00:00 Europe/Berlin, 2023-11-14 23:00 UTC");
            understood(tab, "2023-11-14T22:14Z", "2023-11-14 23:14 Europe/Berlin, 22:14 UTC");
            understood(tab, "today", " 00:00 Europe/Berlin, ");
            understood(tab, "yesterday", " 00:00 Europe/Berlin, ");
            understood(tab, "14:00", " 14:00 Europe/Berlin, ");
            understood(tab, "14:75", "there is no partition 14: the only one is 0");
            understood(tab, "0:1,200", "partition 0, offset 1,200");
            understood(tab, "2023-02-31", "not understood: a time");
            tab.selectAll().press("2023-11-14 23:14", Keys.ENTER).untilText(".row.current", "0:40");

            assertThat(tab.text(".row.current .time")).isEqualTo("2023-11-14 22:14:00");
            tab.clickButton("time (UTC)").untilText(".row.current .time", "2023-11-14 23:14:00");
            tab.press("j", "k", Keys.ENTER).untilText(".detail", "2023-11-14T23:14:00.000+01:00 Europe/Berlin");
            tab.reload();
            tab.untilText("[role=columnheader] button", "time (Europe/Berlin)");
            tab.value("localStorage.clear()");
        }
    }

    private static void understood(Tab tab, String text, String words) {
        tab.selectAll().press(text).untilText("dialog .understood", words);
    }

    @Test
    void helpIsOnTheQuestionMarkAndDialogsKeepTheirKeys() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();

            tab.press("?").untilText("dialog[open]", "Keys").press("j", "o");
            assertThat(tab.current()).isEqualTo("0:299");
            tab.press(Keys.ESCAPE).untilGone("dialog");
            tab.press("d").untilText("dialog[open]", "JSONL").press(Keys.ESCAPE).untilGone("dialog");
            tab.press("/").until("document.activeElement.ariaLabel === 'search for'");
            tab.press("j", "o", "key-5").until("document.activeElement.value === 'jokey-5'");
            tab.press(Keys.ESCAPE).until("document.activeElement.tagName !== 'INPUT'");
            tab.press("/", Keys.ARROW_DOWN).until("document.activeElement.getAttribute('role') === 'grid'");
            tab.press("l").untilText(".said", "link copied");
            tab.press("c").untilText(".said", "value copied");
            tab.press("r").untilText(".row.current", "0:299");
        }
    }

    @Test
    void theListIsAGridWhoseRowsAreNumberedAndTold() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
            tab.press("j", "j").untilText(".row.current", "0:297");

            assertThat(tab.value("document.querySelector('[role=grid]').getAttribute('aria-label')"))
                    .isEqualTo("Records");
            assertThat(tab.value("document.getElementById(document.querySelector('[role=grid]')"
                            + ".getAttribute('aria-activedescendant')).getAttribute('aria-selected')"))
                    .isEqualTo("true");
            assertThat(tab.value("document.querySelector('.row.current').ariaLabel"))
                    .isEqualTo(
                            "partition 0, offset 297, 2023-11-14 22:18:17, key key-6, value {\"partition\":0,\"number\":297}");
            assertThat(tab.texts("[role=columnheader]"))
                    .containsExactly("partition:offset", "time (UTC)", "key", "value");
            assertThat(tab.value("[...document.querySelectorAll('button, input, select, a')]"
                            + ".filter(each => each.offsetParent && !each.textContent.trim() && !each.ariaLabel"
                            + " && !each.labels?.length).length"))
                    .as("what has no name")
                    .isEqualTo(0L);
            assertThat(tab.count("[role=status][aria-live=polite]")).isEqualTo(1);
        }
    }
}
