package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
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
        serving = Serving.start();
        records = Records.filled("browse-secrets", 10);
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
    }

    @Test
    void itLeavesTheAddressBarAndOutlivesLoadingThePageAnew() {
        try (Tab tab = BrowseIT.tab()) {
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
    void anotherTabHasItFromOneThatIsOpen() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
            try (Tab second = BrowseIT.tab()) {
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
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
        }
        try (Tab tab = BrowseIT.tab()) {
            tab.expects(401).openAt(serving.url()).untilText("dialog[open]", "secret");
        }
    }
}
