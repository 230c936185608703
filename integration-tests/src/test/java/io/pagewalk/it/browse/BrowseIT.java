package io.pagewalk.it.browse;

import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The page to browse topics, in a real browser, which all of these tests share. */
@Tag("browser")
@Timeout(180)
class BrowseIT {
    private static Chromium chromium;
    private static Serving serving;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        serving = Serving.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (serving != null) {
            serving.close();
        }
    }

    /** A server of the shared broker, for whom needs none of its own: the browser knows its scripts by then. */
    static Serving serving() {
        return serving;
    }

    /** The browser's tab, which knows nothing of the test before. */
    static Tab tab() {
        return chromium.tab();
    }

    /** One more. */
    static Tab anotherTab() {
        return chromium.anotherTab();
    }

    @Nested
    class Lists extends BrowsedLists {}

    @Nested
    class Places extends BrowsedPlaces {}

    @Nested
    class Payloads extends BrowsedPayloads {}

    @Nested
    class Schemas extends BrowsedSchemas {}

    @Nested
    class Searches extends BrowsedSearches {}

    @Nested
    class Keys extends BrowsedKeys {}

    @Nested
    class Secrets extends BrowsedSecrets {}

    @Nested
    class Faults extends BrowsedFaults {}

    @Nested
    class Looks extends BrowsedLooks {}
}
