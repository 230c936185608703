package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The secret is in no address that is passed on, and who has none is asked for it. */
abstract class BrowsedSecrets {
    private static Serving serving;
    private static Records records;

    @BeforeAll
    static void fill() {
        serving = BrowseIT.serving();
        records = Records.filled("browse-secrets", 10);
    }

    @AfterAll
    static void stop() {
        records.close();
    }

    @Test
    void itLeavesTheAddressBarAndOutlivesLoadingThePageAnew() {
        try (Tab tab = BrowseIT.tab()) {
            // Nothing else changes the address of the first view.
            tab.open(serving, "").untilText(".topics", records.topic());
            assertThat(tab.address()).isEqualTo(serving.url());

            tab.open(serving, "?topic=" + records.topic()).untilListed();
            assertThat(tab.address()).isEqualTo(serving.url() + "?topic=" + records.topic());

            tab.reload();
            tab.untilListed();
            tab.press(Keys.ENTER).untilThere(".detail");
            assertThat(String.valueOf(tab.value("document.documentElement.outerHTML")))
                    .doesNotContain(Serving.SECRET);
        }
    }

    @Test
    void whoHasNoneOrAWrongOneIsAskedForIt() {
        try (Tab tab = BrowseIT.tab()) {
            tab.expects(401).openAt(serving.url() + "?topic=" + records.topic());
            tab.untilText("dialog[open]", "secret").press("another one", Keys.ENTER);
            tab.until("sessionStorage.getItem('pagewalk.secret') === 'another one'");
            tab.untilText("dialog[open] [role=alert]", "Error: That is not this server's secret.");
            tab.press(Keys.ESCAPE).untilThere("dialog[open]");
            tab.selectAll().press(serving.url() + "#secret=" + Serving.SECRET, Keys.ENTER);

            tab.untilListed().untilGone("dialog");
            assertThat(tab.places()).startsWith("0:9", "0:8");
        }
    }

    @Test
    @LongTest
    void anotherTabHasItFromOneThatIsOpen() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
            try (Tab second = BrowseIT.anotherTab()) {
                second.expects(401).openAt(serving.url() + "?topic=" + records.topic());
                second.untilListed().untilGone("dialog");
                assertThat(second.value("sessionStorage.getItem('pagewalk.secret')"))
                        .isEqualTo(Serving.SECRET);
                assertThat(second.value("localStorage.length")).isEqualTo(0L);
            }
            tab.focus();
        }
    }

    @Test
    void aTabThatIsClosedLeavesNothingOfIt() {
        try (Tab tab = BrowseIT.anotherTab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
        }
        try (Tab later = BrowseIT.tab()) {
            later.expects(401).openAt(serving.url()).untilText("dialog[open]", "secret");
        }
    }

    @Test
    void linksThatAreCopiedHaveNoSecret() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
            tab.value("navigator.clipboard.writeText = text => { (window.copied ??= []).push(text);"
                    + " return Promise.resolve(); }");

            tab.press("l").untilText(".said", "link copied");
            tab.press("L").untilText(".said", "link to the page copied");

            List<?> copied = (List<?>) tab.value("window.copied");
            assertThat(copied)
                    .hasSize(2)
                    .allSatisfy(link -> assertThat((String) link)
                            .startsWith(serving.url() + "?topic=" + records.topic() + "&")
                            .doesNotContain(Serving.SECRET));
            assertThat((String) copied.get(0)).contains("&record=0%3A9");
            assertThat((String) copied.get(1)).contains("&page_token=");
        }
    }
}
