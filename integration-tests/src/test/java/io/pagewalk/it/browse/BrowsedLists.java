package io.pagewalk.it.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A listing is scrolled through. */
abstract class BrowsedLists {
    private static final int RECORDS = 10_000;
    private static final long SEED = 19;

    /** As high as fewer than 100 rows allow: most of the time goes by with frames, of which each screen takes some. */
    private static final int HEIGHT = 2_000;

    private static final int WIDTH = 600;

    /** Scrolls a screen at a time to one end, and notes the record of each row; looks whenever anything in the list has changed. */
    private static final String SCROLL = """
            const [sign, done] = arguments;
            const list = document.querySelector('.list');
            const seen = new Map();
            const changed = [];
            let most = 0;
            let asked = false;
            // Nobody looks: painting is most of what this would take.
            list.style.visibility = 'hidden';
            const finish = ended => {
              list.style.visibility = '';
              observer.disconnect();
              clearTimeout(patience);
              const places = [...seen].sort(([a], [b]) => a - b).map(([, place]) => place);
              done({most, changed, places, ended});
            };
            const look = () => {
              asked = false;
              const rows = list.querySelectorAll('.row');
              most = Math.max(most, rows.length);
              let waiting = 0;
              for (const row of rows) {
                const place = row.querySelector('.place')?.textContent;
                if (!place) {
                  waiting++;
                  continue;
                }
                const number = Number(row.getAttribute('aria-rowindex'));
                if (seen.has(number) && seen.get(number) !== place) changed.push(number);
                seen.set(number, place);
              }
              // To ask where something is takes the browser long: not before all has come.
              if (waiting > 0) return;
              const box = list.getBoundingClientRect();
              let covered = 0;
              for (const row of rows) {
                const at = row.getBoundingClientRect();
                covered += Math.max(0, Math.min(at.bottom, box.bottom) - Math.max(at.top, box.top));
              }
              const isThere = covered >= Math.min(box.height, list.scrollHeight) - 1;
              if (!isThere) return;
              const isKnown = sign < 0 || list.parentElement.getAttribute('aria-rowcount') !== '-1';
              const isAtEnd = sign < 0 ? list.scrollTop <= 0 : list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
              if (isKnown && isAtEnd) finish(true);
              else list.scrollTop += sign * list.clientHeight;
            };
            const observer = new MutationObserver(() => {
              if (asked) return;
              asked = true;
              queueMicrotask(look);
            });
            observer.observe(list, {subtree: true, childList: true, characterData: true, attributes: true});
            const patience = setTimeout(() => finish(false), 80000);
            look();
            """;

    private static final String PAGES = "performance.getEntriesByType('resource')"
            + ".filter(each => each.name.includes('/records?') && each.name.includes('page_size=100'))";

    private static Serving serving;
    private static String topic;
    /** Of all records, in the order of their times, as the list writes them. */
    private static final List<String> places = new ArrayList<>();

    @BeforeAll
    static void fill() {
        serving = BrowseIT.serving();
        topic = Broker.topic("browse", 3);
        places.clear();
        Random random = new Random(SEED);
        int[] counts = new int[3];
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < RECORDS; i++) {
                // One partition has most of it.
                int partition = Math.max(0, random.nextInt(20) - 17);
                records.send(partition, ("key-" + i).getBytes(UTF_8), ("{\"number\":" + i + "}").getBytes(UTF_8));
                places.add(place(partition, counts[partition]++));
            }
            records.flush();
        }
    }

    private static String place(int partition, int offset) {
        return String.format(Locale.ROOT, "%d:%,d", partition, offset);
    }

    @Test
    void tenThousandRowsAreScrolledToTheEndAndBackWithFewInThePage() {
        List<String> newestFirst = new ArrayList<>(places);
        Collections.reverse(newestFirst);
        try (Tab tab = BrowseIT.tab()) {
            tab.size(WIDTH, HEIGHT).open(serving, "?topic=" + topic).untilListed();

            Map<?, ?> there = tab.run(SCROLL, 1);

            assertThat(there.get("ended")).isEqualTo(true);
            assertThat((List<?>) there.get("changed")).isEmpty();
            assertThat(there.get("places")).as("seed %d", SEED).isEqualTo(newestFirst);
            assertThat((Long) there.get("most")).isLessThan(100);
            assertThat((Long) tab.value(PAGES + ".length")).isBetween(100L, 103L);

            tab.value("performance.clearResourceTimings()");
            Map<?, ?> back = tab.run(SCROLL, -1);

            assertThat(back.get("ended")).isEqualTo(true);
            assertThat(back.get("places")).isEqualTo(newestFirst);
            assertThat((Long) back.get("most")).isLessThan(100);
            // What was let go of comes from the browser's cache.
            assertThat((Long) tab.value(PAGES + ".filter(each => each.transferSize > 0).length"))
                    .isLessThan(10);
            assertThat((Long) tab.value(PAGES + ".length")).isBetween(60L, 100L);
        }
    }

    @Test
    void byOffsetEachRecordIsSeenOnceToo() {
        try (Tab tab = BrowseIT.tab()) {
            tab.size(WIDTH, HEIGHT)
                    .open(serving, "?topic=" + topic + "&order=rounds&direction=asc&partitions=1,2")
                    .untilListed();

            Map<?, ?> there = tab.run(SCROLL, 1);

            assertThat(there.get("ended")).isEqualTo(true);
            assertThat((List<?>) there.get("places")).doesNotHaveDuplicates();
            assertThat(sorted((List<?>) there.get("places")))
                    .isEqualTo(sorted(places.stream()
                            .filter(place -> !place.startsWith("0:"))
                            .toList()));
        }
    }

    private static List<String> sorted(List<?> places) {
        return places.stream().map(String::valueOf).sorted().toList();
    }

    @Test
    void whatIsNewerIsCountedAndAButtonBeginsAnewWithIt() {
        try (Records records = Records.filled("browse-newer", 30);
                Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + records.topic()).untilListed();
            assertThat(tab.places()).startsWith("0:29");

            records.send(0, 5).flush();
            // Somebody comes back to it: it looks at once, not only some seconds later.
            tab.value("document.dispatchEvent(new Event('visibilitychange'))");
            tab.untilText(".toolbar", "5 newer");
            assertThat(tab.places()).as("nothing moves").startsWith("0:29");
            tab.clickButton("5 newer");

            tab.untilText(".list", "0:34");
            assertThat(tab.places()).startsWith("0:34", "0:33");
            tab.untilText(".toolbar", "reload");
        }
    }

    @Test
    void anEmptyTopicSaysSo() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + Broker.topic("browse-empty", 2)).untilText(".listing", "no records here");
        }
    }

    /** Pages of two rows, of which 25 are read; then the first one, which was let go of, ends elsewhere. */
    private static final String CUT_ELSEWHERE = """
            const [done] = arguments;
            import('./page/chain.js').then(async ({Chain}) => {
              let size = 2;
              const load = async address => {
                const from = Number(address);
                const records = Array.from({length: size}, (_, i) => from + i);
                const next = from + size >= 50 ? null : String(from + size);
                return {records, next, meta: {total: 50, remaining: 50 - from - size}};
              };
              const chain = new Chain('0', load);
              while (!chain.ended) await chain.ensure(chain.rows, chain.rows);
              const before = chain.rows;
              size = 3;
              await chain.ensure(0, 0);
              const cut = chain.rows;
              for (let row = 0; row < 10; row++) while (chain.get(row) === undefined) await chain.ensure(row, row);
              done({before, cut, rows: Array.from({length: 10}, (_, row) => String(chain.get(row)))});
            });
            """;

    @Test
    void whereAPageThatIsReadAgainEndsElsewhereWhatFollowedIsReadAnew() {
        try (Tab tab = BrowseIT.tab()) {
            tab.open(serving, "?topic=" + topic).untilListed();

            Map<?, ?> found = tab.run(CUT_ELSEWHERE);

            assertThat(found.get("before")).isEqualTo(50L);
            assertThat(found.get("cut"))
                    .as("rows after the first page was read again")
                    .isEqualTo(3L);
            assertThat(found.get("rows")).isEqualTo(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
        }
    }
}
