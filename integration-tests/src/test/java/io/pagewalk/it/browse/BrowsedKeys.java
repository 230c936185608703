package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

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
        serving = Serving.start();
        records = Records.filled("browse-keys", 300);
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
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
            tab.press(Keys.ENTER).untilText(".detail h2", "-0 297");
            tab.press("j").untilText(".detail h2", "-0 296");
            tab.press(Keys.ESCAPE).untilGone(".detail");
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
                    .untilThere("dialog [role=alert]");
            tab.selectAll().press("0:17", Keys.ENTER).untilGone("dialog");
            tab.untilText(".row.current", "0:17");

            tab.press("g").untilThere("dialog[open]").press(Keys.ESCAPE).untilGone("dialog");
            tab.press("g")
                    .untilThere("dialog[open]")
                    .press("2023-11-14T22:14:20Z", Keys.ENTER)
                    .untilGone("dialog");
            tab.untilText(".row.current", "0:60");
        }
    }

    @Test
    void helpIsOnTheQuestionMarkAndDialogsKeepTheirKeys() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();

            tab.press("?").untilText("dialog[open]", "Keys").press("j", "o");
            assertThat(tab.current()).isEqualTo("0:299");
            tab.press(Keys.ESCAPE).untilGone("dialog");
            tab.press("d").untilText("dialog[open]", "JSONL").press(Keys.ESCAPE).untilGone("dialog");
            tab.press("/").until("document.activeElement.getAttribute('aria-label') === 'Text'");
            tab.press("j", "o", "key-5").until("document.activeElement.value === 'jokey-5'");
            tab.press(Keys.ESCAPE).until("document.activeElement.tagName !== 'INPUT'");
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
            assertThat(tab.value("[...document.querySelectorAll('button, input, select, a')]"
                            + ".filter(each => each.offsetParent && !each.textContent.trim() && !each.ariaLabel"
                            + " && !each.labels?.length).length"))
                    .as("what has no name")
                    .isEqualTo(0L);
            assertThat(tab.count("[role=status][aria-live=polite]")).isEqualTo(1);
        }
    }
}
