package io.pagewalk.it.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** How it looks, light and dark, wide and narrow. target/browse has pictures of it; those of docs are made here. */
abstract class BrowsedLooks {
    private static final Path PICTURES = Path.of("target", "browse");
    /** Pictures show where exports are: those of docs no temporary directory. */
    private static final String OUTPUTS = "pagewalk.it.browse.outputs";

    @TempDir
    static Path outputs;

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = new Shop(Path.of(System.getProperty(OUTPUTS, outputs.toString())));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static Tab topics() {
        Tab tab = BrowseIT.tab().open(shop.serving(), "").untilText(".topics", Shop.ORDERS);
        return tab.press("/", "shop.", Keys.ESCAPE);
    }

    private static Tab orders(int offset) {
        return BrowseIT.tab()
                .open(shop.serving(), "?topic=" + Shop.ORDERS + "&record=2:" + offset)
                .untilListed()
                .untilText(".detail h2", " " + offset);
    }

    private static void assertFits(Tab tab) {
        assertThat(tab.value("document.documentElement.scrollWidth - innerWidth"))
                .as("it is wider than the window")
                .isEqualTo(0L);
        assertThat(
                        tab.value(
                                "[...document.querySelectorAll('.toolbar, .search, .foot, .detail, dialog, .topics')]"
                                        + ".filter(each => each.getBoundingClientRect().right > innerWidth + 1 || each.scrollWidth > each.clientWidth + 1).length"))
                .isEqualTo(0L);
    }

    /** What there is room for of the times is not cut. */
    private static void assertTimesAreWhole(Tab tab, String shown) {
        assertThat(tab.value("document.querySelector('.row.current .time').innerText"))
                .isEqualTo(shown);
        assertThat(tab.value("[...document.querySelectorAll('.row .time')]"
                        + ".filter(each => each.scrollWidth > each.clientWidth).length"))
                .isEqualTo(0L);
    }

    @Test
    void theFirstViewHasTopicsWithWhatIsExportedOfThem() throws IOException {
        try (Tab tab = topics().size(1100, 480).scheme("dark")) {
            tab.untilText(".topics", "complete");
            assertThat(tab.text(".topics tbody tr:nth-child(2)"))
                    .contains("shop.orders", "2,400", "2023-11-14", "complete, 2,400 records, last commit ")
                    .contains("lake/orders");
            assertThat(tab.texts(".topics tbody tr td:nth-child(2)")).containsExactly("1", "6", "3");
            assertFits(tab);
            tab.picture(PICTURES.resolve("browse-dark.png"));
        }
    }

    @Test
    void aRecordIsShownBesideTheListAndCanBeReadLightAndDark() throws IOException {
        try (Tab tab = orders(200).size(1280, 720)) {
            for (String scheme : List.of("light", "dark")) {
                tab.scheme(scheme).untilText(".detail", "trace-id");
                assertThat(tab.value("getComputedStyle(document.body).backgroundColor"))
                        .isEqualTo(scheme.equals("light") ? "rgb(255, 255, 255)" : "rgb(22, 24, 29)");
                assertFits(tab);
                tab.until("document.querySelector('.row.current .place')?.textContent === '2:200'");
                assertTimesAreWhole(tab, "14 22:34:41");
                assertContrast(tab);
                tab.picture(PICTURES.resolve("record-" + scheme + ".png"));
            }
        }
    }

    private static void assertContrast(Tab tab) {
        assertThat(contrast(tab, "--ink")).isGreaterThan(7);
        assertThat(contrast(tab, "--faint")).isGreaterThan(4.5);
        assertThat(contrast(tab, "--bad")).isGreaterThan(4.5);
        assertThat(contrast(tab, "--mark")).isGreaterThan(4.5);
    }

    @Test
    void allOfItFitsInto375Pixels() throws IOException {
        try (Tab tab = topics().size(375, 720)) {
            tab.untilText(".topics", "complete");
            assertFits(tab);
            tab.picture(PICTURES.resolve("topics-narrow.png"));
        }
        try (Tab tab = BrowseIT.tab().size(375, 720).open(shop.serving(), "?topic=" + Shop.ORDERS)) {
            tab.untilListed();
            assertThat(tab.places()).hasSizeGreaterThan(8);
            assertFits(tab);
            assertTimesAreWhole(tab, "14 22:53:19");
            tab.picture(PICTURES.resolve("browse-narrow.png"));

            tab.press(Keys.ENTER).untilText(".detail", "trace-id");
            assertFits(tab);
            tab.picture(PICTURES.resolve("record-narrow.png"));

            tab.press(Keys.ESCAPE).untilGone(".detail").press("?").untilThere("dialog[open]");
            assertFits(tab);
            tab.picture(PICTURES.resolve("help-narrow.png"));
        }
    }

    @Test
    @LongTest
    void aPlaceWithoutExportsIsTold() {
        try (Serving serving = Serving.startWithExports(List.of(outputs.resolve("none")));
                Tab tab = BrowseIT.tab().open(serving, "")) {
            tab.untilText(".topics .bad", outputs.resolve("none") + ": there is no export");
        }
    }

    /** Where lines of a text begin, but for the first one: what stands before that. */
    private static final String BREAKS = "(() => { const walker = document.createTreeWalker([...document"
            + ".querySelectorAll(arguments[0])].find(each => each.textContent.includes(arguments[1])), NodeFilter.SHOW_TEXT);"
            + " const found = []; let top = null, before = ''; while (walker.nextNode()) { const node = walker.currentNode;"
            + " for (let i = 0; i < node.length; i++) { const range = document.createRange(); range.setStart(node, i);"
            + " range.setEnd(node, i + 1); const at = range.getBoundingClientRect().top;"
            + " if (top !== null && at > top + 4) found.push(before); top = at; before = node.data[i]; } }"
            + " return found; })()";

    @Test
    @LongTest
    void namesOfTopicsBreakBetweenTheirWordsWhereThereIsNoRoom() {
        String name = "warehouse.customer_notification-preferences.by-region_v1";
        Topics.create(Broker.servers(), name, 1, Map.of());
        try (Records records = Records.into(name);
                Tab tab = BrowseIT.tab().size(375, 720)) {
            records.send(0, 1).flush();
            tab.open(shop.serving(), "").untilText(".topics", name);
            assertThat((List<?>) tab.value(BREAKS, ".topics a", name))
                    .as("before the lines of %s", name)
                    .isNotEmpty()
                    .allMatch(before -> ".-_".contains((String) before));
            tab.press("/", "warehouse.").until("document.querySelectorAll('.topics a').length === 1");
            assertFits(tab);

            tab.click(".topics a").untilListed();
            assertThat((List<?>) tab.value(BREAKS, "h1", name))
                    .isNotEmpty()
                    .allMatch(before -> ".-_".contains((String) before));
        } finally {
            Broker.delete(name);
        }
    }

    /** By WCAG, on the darker of the grounds. */
    private static double contrast(Tab tab, String ink) {
        Object found = tab.value(
                "(() => { const probe = document.createElement('i'); document.body.append(probe);"
                        + " const light = name => { probe.style.color = 'var(' + name + ')';"
                        + " return getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(each => each / 255)"
                        + ".map(each => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)"
                        + ".reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0); };"
                        + " const [one, other] = [light(arguments[0]), light('--raised')].sort((a, b) => b - a);"
                        + " probe.remove(); return (one + 0.05) / (other + 0.05); })()",
                ink);
        return ((Number) found).doubleValue();
    }
}
