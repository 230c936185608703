package io.pagewalk.internal.crossing;

import static io.pagewalk.internal.crossing.SimulatedLog.DAY;
import static io.pagewalk.internal.crossing.SimulatedLog.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What the search comes to on 100,000 records of three days, as {@code docs/time-bounds.md} shows it. */
class CrossingTableTest {
    private static final long DAY_1 = 20_000 * DAY;
    private static final long DAY_2 = DAY_1 + DAY;
    private static final long DAY_3 = DAY_2 + DAY;
    private static final long DAY_4 = DAY_3 + DAY;
    private static final long YEARS_AHEAD = DAY_4 + 1_500 * DAY;
    private static final int COUNT = 100_000;

    private final List<String> rows = new ArrayList<>();

    @Test
    void theDocumentationShowsWhatTheSearchComesTo() throws Exception {
        row("in order", i -> ordered(i));
        row("one record dated 2030, the sixth", i -> i == 5 ? YEARS_AHEAD : ordered(i));
        row("500 dated 2030, from the sixth on", i -> i >= 5 && i < 505 ? YEARS_AHEAD : ordered(i));
        row("one dated a day early", i -> i == 5 ? DAY_2 : ordered(i));
        row("500 dated a day early, at 20,000", i -> i >= 20_000 && i < 20_500 ? DAY_2 : ordered(i));
        row("1,000 dated a day early, at 20,000", i -> i >= 20_000 && i < 21_000 ? DAY_2 : ordered(i));
        row("1,000 dated a day early, at 31,000", i -> i >= 31_000 && i < 32_000 ? DAY_2 : ordered(i));
        row("12,000 dated a day early, at 20,000", i -> i >= 20_000 && i < 32_000 ? DAY_2 : ordered(i));
        row("every hundredth a day early", i -> i % 100 == 50 ? ordered(i) + DAY : ordered(i));
        row("every hundredth a day late", i -> i % 100 == 50 ? ordered(i) - DAY : ordered(i));
        row("one a day late, at 70,000", i -> i == 70_000 ? ordered(i) - DAY : ordered(i));
        row("1,000 two days late, at 80,000", i -> i >= 80_000 && i < 81_000 ? DAY_1 : ordered(i));
        Random minute = new Random(1);
        row("up to a minute of jitter", i -> ordered(i) + minute.nextLong(-60_000, 60_001));
        Random hour = new Random(2);
        row("up to an hour of jitter", i -> ordered(i) + hour.nextLong(-HOUR, HOUR + 1));
        row("nothing from day 2 on", i -> DAY_1 + i);
        row("days replayed as 3, 1, 2", i -> i < 33_000 ? DAY_3 + i : i < 66_000 ? DAY_1 + i : DAY_2 + i);
        Random any = new Random(3);
        row("any order", i -> any.nextLong(DAY_1, DAY_4));

        assertThat(Files.readString(Path.of("..", "docs", "time-bounds.md"))).contains(String.join("\n", rows));
    }

    /** The cut at the beginning of day 2. */
    private void row(String name, LongUnaryOperator timestamp) {
        long[] timestamps = new long[COUNT];
        Arrays.setAll(timestamps, timestamp::applyAsLong);
        SimulatedLog log = SimulatedLog.of(timestamps, DAY_4);
        Crossings found = log.search(DAY_2);
        long answer = log.answer(DAY_2);
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d | %s | %,d |",
                name,
                log.misplaced(answer < 0 ? log.end() : answer, DAY_2),
                log.fewestMisplaced(DAY_2),
                log.misplaced(found.first(), DAY_2),
                log.misplaced(found.last(), DAY_2),
                found.ordered() ? "" : "yes",
                log.recordsRead()));
    }

    private static long ordered(long i) {
        return DAY_1 + i * 3 * DAY / COUNT;
    }
}
