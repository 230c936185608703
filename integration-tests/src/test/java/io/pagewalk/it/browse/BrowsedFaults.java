package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.ListenersBroker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What goes wrong is said, and what can be gone on with is. */
abstract class BrowsedFaults {
    private static final int RECORDS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    static Path dir;

    private static ListenersBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = ListenersBroker.start(dir);
        Topics.create(broker.servers(), "away", 1, Map.of());
        try (Records records = Records.into("away", Map.of("bootstrap.servers", broker.servers()))) {
            records.send(0, RECORDS).flush();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    /** The page's pauses before it tries again are short, for those who wait for it. */
    private static Tab inHaste(Tab tab) {
        tab.value("(() => { const later = window.setTimeout; window.setTimeout = (act, millis) =>"
                + " later(act, millis >= 1000 ? millis / 10 : millis); })()");
        return tab;
    }

    private static Tab opened(Serving serving, String query) {
        return BrowseIT.tab().open(serving, query).untilListed();
    }

    /** As far as has been read, again and again, so that more is asked for. */
    private static Tab toTheEnd(Tab tab) {
        return tab.press(Keys.END);
    }

    @Test
    void brokersThatAreAwayAreToldOfAndTheListGoesOnOnceTheyAreBack() {
        try (Serving serving = Serving.start(broker.proxiedServers(), 4, PATIENCE);
                Tab tab = inHaste(opened(serving, "?topic=away&direction=asc"))) {
            tab.expects(503).expects(504);
            broker.proxy().away(true);
            try {
                toTheEnd(tab).untilThere(".foot [role=alert]");
                assertThat(tab.text(".foot")).contains("Trying again");
                assertThat(tab.texts(".row .place")).as("what was read stays").isNotEmpty();
            } finally {
                broker.proxy().away(false);
            }

            tab.untilGone(".foot [role=alert]");
            tab.pressUntil(Keys.END, "document.querySelector('.row.current')?.textContent.includes('0:999')");
        }
    }

    @Test
    void aServerThatIsBusyIsAskedAgainUntilItHasTime() {
        try (Serving serving = Serving.start(broker.proxiedServers(), 1, Duration.ofSeconds(12));
                Tab tab = opened(serving, "?topic=away&direction=asc")) {
            tab.expects(429).expects(503).expects(504);
            String next = serving.json(Serving.records("away") + "?page_size=10")
                    .at("/meta/next_page")
                    .textValue();
            broker.proxy().swallow();
            CompletableFuture<HttpResponse<String>> busy =
                    CompletableFuture.supplyAsync(() -> serving.get(Serving.records("away") + next + "&timeout=20"));
            Eventually.isTrue(
                    "its reader is lent",
                    () -> serving.get("/metrics").body().contains("pagewalk_http_busy_readers 1.0"));
            try {
                toTheEnd(tab)
                        .until("performance.getEntriesByType('resource').some(each => each.responseStatus === 429)");
            } finally {
                broker.proxy().pass();
                broker.proxy().releaseAll();
                broker.proxy().cut();
            }

            assertThat(busy.join().statusCode()).isIn(200, 503, 504);
            toTheEnd(tab).untilGone(".foot [role=alert]");
            tab.until(
                    "Number(document.querySelector('.foot').textContent.match(/^[\\d,]+/)?.[0].replace(',', '')) >= 200");
        }
    }

    @Test
    void recordsThatAreGoneAreNotPassedOver() {
        try (Records records = Records.filled("browse-gone", RECORDS);
                Serving serving = Serving.start();
                Tab tab = opened(serving, "?topic=" + records.topic() + "&direction=asc&order=rounds")) {
            tab.expects(410);
            Broker.deleteRecords(records.topic(), 0, 900);

            tab.pressUntil(Keys.END, "document.querySelector('.foot [role=alert]')")
                    .untilText(".foot [role=alert]", "Begin anew");

            tab.press("r").untilText(".row.current", "0:900");
        }
    }

    @Test
    void aTopicThatWasMadeAnewIsNotMixedIn() {
        try (Records records = Records.filled("browse-anew", RECORDS);
                Serving serving = Serving.start();
                Tab tab = opened(serving, "?topic=" + records.topic() + "&direction=asc&order=rounds")) {
            tab.expects(410);
            Broker.recreate(records.topic(), 1);
            try (Records anew = Records.into(records.topic())) {
                anew.send(0, 5).flush();
            }

            tab.pressUntil(Keys.END, "document.querySelector('.foot [role=alert]')")
                    .untilText(".foot [role=alert]", "Begin anew");

            tab.press("r").until("document.querySelector('[role=grid]').getAttribute('aria-rowcount') === '6'");
        }
    }

    @Test
    void whoHasReadAllOfATopicIsToldThatItWasMadeAnew() {
        try (Records records = Records.filled("browse-read", 20);
                Tab tab = opened(BrowseIT.serving(), "?topic=" + records.topic())) {
            tab.expects(410).untilText(".foot", "that is all");
            Broker.recreate(records.topic(), 1);

            tab.value("document.dispatchEvent(new Event('visibilitychange'))");

            tab.untilText(".foot [role=alert]", "Begin anew");
            assertThat(tab.places()).as("what was read stays").startsWith("0:19");
        }
    }

    @Test
    void aTopicThatIsNotThereIsSaid() {
        try (Serving serving = Serving.start();
                Tab tab = BrowseIT.tab()) {
            tab.expects(404).open(serving, "?topic=not-there");

            tab.untilText(".foot [role=alert]", "not-there");
        }
    }

    @Test
    void aServerThatIsGoneIsSaid() {
        Serving serving = Serving.start();
        try (Records records = Records.filled("browse-ended", RECORDS);
                Tab tab = opened(serving, "?topic=" + records.topic())) {
            tab.expects(503).expectsNoServer();
            serving.close();

            toTheEnd(tab).untilText(".foot [role=alert]", "the server cannot be reached");
        }
    }
}
