package io.pagewalk.internal.crossing;

import static io.pagewalk.internal.crossing.SimulatedLog.DAY;
import static io.pagewalk.internal.crossing.SimulatedLog.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossingSearchTest {
    private static final long DAY_1 = 20_000 * DAY;
    private static final long DAY_2 = DAY_1 + DAY;
    private static final long DAY_3 = DAY_2 + DAY;
    private static final long DAY_4 = DAY_3 + DAY;
    private static final int COUNT = 100_000;
    /** The first record of day 2. */
    private static final long CROSSING = (COUNT + 2) / 3;

    @Test
    void anOrderedLogIsCutWhereTheBrokerSays() {
        SimulatedLog log = log(i -> ordered(i));

        assertThat(log.search(DAY_2)).isEqualTo(found(CROSSING, log));
        assertThat(log.search(DAY_3)).isEqualTo(found(log.answer(DAY_3), log));
        assertThat(log.search(DAY_1)).isEqualTo(found(0, log));
    }

    @Test
    void aRecordOfTheFutureAtTheBeginningIsNoCrossing() {
        long[] timestamps = new long[10_000];
        Arrays.setAll(timestamps, i -> DAY_1 + i * DAY / 10_000);
        timestamps[5] = DAY_4 + 1_000 * DAY;
        SimulatedLog log = SimulatedLog.of(timestamps, DAY_4);

        assertCut(log, DAY_2, 10_000);
        assertCut(log, DAY_1 + DAY / 2, 5_000);
        assertCut(log, DAY_1, 0);
    }

    /** Dated ahead of their place, but not in the future. */
    @ParameterizedTest
    @CsvSource({"1, 5", "1, 33000", "1, 33300", "500, 5", "500, 20000", "500, 30000", "1000, 100", "1000, 31000"})
    void strayRecordsBeforeTheCrossingMakeNoDifference(int count, int at) {
        assertCut(log(i -> i >= at && i < at + count ? DAY_3 : ordered(i)), DAY_2, CROSSING);
    }

    @ParameterizedTest
    @CsvSource({"1, 33400", "1, 99999", "500, 34000", "500, 99500", "1000, 40000", "1000, 98000"})
    void lateRecordsAfterTheCrossingMakeNoDifference(int count, int at) {
        assertCut(log(i -> i >= at && i < at + count ? DAY_1 : ordered(i)), DAY_2, CROSSING);
    }

    /** Anywhere, also around the crossing, where a cut at their beginning may be the better one. */
    @Test
    void batchesOfUpToAThousandStraysAreCutWhereFewestAreMisplaced() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int count = random.nextInt(1, 1_001);
            int at = random.nextInt(COUNT - 2_000);
            long dated = random.nextBoolean() ? DAY_1 : DAY_3;
            SimulatedLog log = log(i -> i >= at && i < at + count ? dated : ordered(i));

            Crossings found = log.search(DAY_2);

            assertThat(log.misplaced(found.first(), DAY_2))
                    .as("seed %d: %d at %d, %s", seed, count, at, found)
                    .isEqualTo(log.fewestMisplaced(DAY_2));
            assertThat(found.last()).as("seed %d: %d at %d", seed, count, at).isEqualTo(found.first());
        }
    }

    /** They may be the first of many, as far as anybody can tell. */
    @Test
    void aThousandLateRecordsAtTheVeryEndBelongToWhatEndsThere() {
        Crossings found = log(i -> i >= 99_000 ? DAY_1 : ordered(i)).search(DAY_2);

        assertThat(found).extracting(Crossings::first, Crossings::last).containsExactly(CROSSING, 100_000L);
        assertThat(found.ordered()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-DAY, DAY})
    void everyHundredthADayEarlyOrLateMakesNoDifference(long shift) {
        assertCut(log(i -> i % 100 == 50 ? ordered(i) + shift : ordered(i)), DAY_2, CROSSING);
    }

    /** As a proof that there is a limit: the 1,334 records between the strays and the crossing go into the next window. */
    @Test
    void twelveThousandStraysInARowMoveTheCutAndStallNothing() {
        SimulatedLog log = log(i -> i >= 20_000 && i < 32_000 ? DAY_2 + i : ordered(i));

        Crossings found = log.search(DAY_2);

        assertThat(found.first()).isEqualTo(20_000);
        assertThat(log.misplaced(found.first(), DAY_2)).isEqualTo(1_334);
        assertThat(log.search(DAY_3)).isEqualTo(found(log.answer(DAY_3), log));
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 60_000, HOUR})
    void jitterIsCutWhereFewestAreMisplaced(long most) {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimulatedLog log = log(i -> ordered(i) + random.nextLong(-most, most + 1));

            Crossings found = log.search(DAY_2);

            assertThat(log.misplaced(found.first(), DAY_2)).as("seed %d", seed).isEqualTo(log.fewestMisplaced(DAY_2));
            assertThat(found.last()).as("seed %d", seed).isEqualTo(found.first());
            assertThat(found.ordered()).as("seed %d: %s", seed, found).isTrue();
        }
    }

    @Test
    void nothingIsReadWhereTheBrokerKnowsNoSuchRecord() {
        SimulatedLog log = log(i -> ordered(i));

        assertThat(log.search(DAY_4)).isEqualTo(new Crossings(COUNT, COUNT, 0, 0));
        assertThat(log.reads()).isZero();
    }

    @Test
    void nothingIsReadForATimeInTheFuture() {
        SimulatedLog log = log(i -> i == 5 ? DAY_4 + 1_000 * DAY : ordered(i));

        assertThat(log.search(DAY_4 + 2 * HOUR)).isEqualTo(new Crossings(COUNT, COUNT, 0, 0));
        assertThat(log.reads()).isZero();
    }

    @Test
    void nothingIsReadOfAnEmptyLog() {
        SimulatedLog log = new SimulatedLog(new long[0], new long[0], 700, 700, DAY_4, 1);

        assertThat(log.search(DAY_2)).isEqualTo(new Crossings(700, 700, 0, 0));
        assertThat(log.reads()).isZero();
    }

    /** Of transaction markers alone, say. */
    @Test
    void offsetsWithoutRecordsAreNotSearchedForEver() {
        SimulatedLog log = new SimulatedLog(new long[0], new long[0], 700, 90_000, DAY_4, 1);

        assertThat(log.search(DAY_2)).isEqualTo(new Crossings(90_000, 90_000, 0, 0));
        // A broker that has another idea.
        assertThat(log.search(DAY_2, 800).ordered()).isTrue();
    }

    @Test
    void theAnswerOfABrokerIsClamped() {
        SimulatedLog log = log(i -> ordered(i));

        assertThat(log.search(DAY_2, COUNT + 7).first()).isEqualTo(COUNT);
    }

    @Test
    void aLogThatBeginsInTheFutureIsAfterEveryTime() {
        SimulatedLog log = log(i -> DAY_4 + 9 * DAY + i);

        assertCut(log, DAY_2, 0);
    }

    /** Clocks that go wrong for good. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 50_000, 99_900})
    void aLogThatEndsInTheFutureIsCutThere(int from) {
        assertCut(log(i -> i < from ? DAY_1 + i : DAY_4 + 9 * DAY), DAY_2, from);
        assertCut(log(i -> i == 5 || i >= from ? DAY_4 + 9 * DAY : DAY_1 + i), DAY_2, from);
    }

    /** Compaction has left one of fifty; a transaction marker has an offset, too. */
    @ParameterizedTest
    @ValueSource(ints = {2, 50, 1_000})
    void gapsAreNoRecords(int each) {
        for (int stray : new int[] {-1, 10, 6_000, 33_000}) {
            long[] offsets = new long[COUNT];
            long[] timestamps = new long[COUNT];
            Random random = new Random(each);
            long offset = 12;
            for (int i = 0; i < COUNT; i++) {
                offset += 1 + random.nextInt(2 * each - 1);
                offsets[i] = offset;
                timestamps[i] = i == stray ? DAY_3 : ordered(i);
            }
            SimulatedLog log = new SimulatedLog(offsets, timestamps, 3, offset + 40, DAY_4, 100);

            assertCut(log, DAY_2, offsets[(int) CROSSING]);
        }
    }

    /** A megabyte fills a sample, and the third may have more records than the two before it together. */
    @Test
    void recordsOfAMegabyteAreSampledOneByOne() {
        for (int stray : new int[] {-1, 5, 20_000}) {
            long[] timestamps = new long[COUNT];
            Arrays.setAll(timestamps, i -> i == stray ? DAY_3 : ordered(i));
            long[] offsets = new long[COUNT];
            Arrays.setAll(offsets, i -> i);
            SimulatedLog log = new SimulatedLog(offsets, timestamps, 0, COUNT, DAY_4, 1 << 20);

            assertCut(log, DAY_2, CROSSING);
        }
    }

    /** The end of what was asked for is taken late rather than early: a superset, and it is told. */
    @Test
    void daysThatWereReplayedOutOfOrderAreTold() {
        SimulatedLog log = log(i -> i < 33_000 ? DAY_3 + i : i < 66_000 ? DAY_1 + i : DAY_2 + i);

        Crossings startOfDay2 = log.search(DAY_2);
        Crossings endOfDay2 = log.search(DAY_3);

        assertThat(startOfDay2).extracting(Crossings::first, Crossings::last).containsExactly(0L, 66_000L);
        assertThat(endOfDay2).extracting(Crossings::first, Crossings::last).containsExactly(0L, 100_000L);
        assertThat(startOfDay2.ordered()).isFalse();
        assertThat(endOfDay2.ordered()).isFalse();
    }

    @Test
    void randomTimestampsAreTold() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            SimulatedLog log = log(i -> random.nextLong(DAY_1, DAY_4));
            for (long time : new long[] {DAY_2, DAY_3}) {
                Crossings found = log.search(time);

                assertThat(found.ordered()).as("seed %d: %s", seed, found).isFalse();
                assertThat(found.first()).as("seed %d", seed).matches(cut -> cut < 200 || cut > COUNT - 200);
                assertThat(found.last()).as("seed %d", seed).matches(cut -> cut < 200 || cut > COUNT - 200);
            }
        }
    }

    @Test
    void strayRecordsAreNotTold() {
        assertThat(log(i -> i == 5 ? DAY_3 : ordered(i)).search(DAY_2).ordered())
                .isTrue();
        assertThat(log(i -> i % 100 == 50 ? ordered(i) - DAY : ordered(i))
                        .search(DAY_2)
                        .ordered())
                .isTrue();
    }

    /** A second look when the topic has grown: the same cut, as long as the end is far enough away. */
    @Test
    void aLaterSearchAgrees() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int at = random.nextInt(20_000);
            long[] all = new long[COUNT];
            Arrays.setAll(all, i -> i >= at && i < at + 700 ? DAY_2 + 5 : ordered(i));
            SimulatedLog nightly = SimulatedLog.of(Arrays.copyOf(all, (int) CROSSING + 11_064), DAY_4);
            SimulatedLog backfill = SimulatedLog.of(all, DAY_4 + 100 * DAY);

            assertThat(nightly.search(DAY_2).first())
                    .as("seed %d", seed)
                    .isEqualTo(backfill.search(DAY_2).first());
        }
    }

    /** No log whatsoever makes a search leave its bounds, or not end. */
    @Test
    void endsOnAnyLogWithinItsBounds() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            SimulatedLog log = anyLog(random);
            long time = DAY_1 + random.nextLong(-HOUR, 4 * DAY);

            Crossings found =
                    random.nextInt(10) == 0 ? log.search(time, random.nextLong(-1, 2 * log.end())) : log.search(time);

            assertThat(found.first()).as("seed %d", seed).isBetween(0L, log.end());
            assertThat(found.last()).as("seed %d", seed).isBetween(0L, log.end());
            assertThat(found.disagreeing()).as("seed %d", seed).isBetween(0L, found.samples());
        }
    }

    private static SimulatedLog anyLog(Random random) {
        int count = random.nextInt(1, 1 << random.nextInt(1, 16));
        long[] offsets = new long[count];
        long[] timestamps = new long[count];
        long offset = random.nextInt(50);
        boolean gaps = random.nextBoolean();
        int run = 0;
        long shift = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = offset;
            offset += gaps ? random.nextInt(1, 20) : 1;
            if (run-- == 0) {
                run = 1 << random.nextInt(15);
                shift = random.nextInt(3) == 0 ? random.nextLong(-5 * DAY, 5 * DAY) : 0;
            }
            timestamps[i] = DAY_1 + 3L * i * DAY / count + shift;
        }
        return new SimulatedLog(offsets, timestamps, 0, offset + random.nextInt(100), DAY_4, 1L << random.nextInt(22));
    }

    @Test
    void copesWithTheLargestOffsets() {
        long last = Long.MAX_VALUE - 1;
        SimulatedLog log =
                new SimulatedLog(new long[] {1, last}, new long[] {DAY_3, DAY_1}, 0, Long.MAX_VALUE, DAY_4, 1);

        assertThat(log.search(DAY_2).first()).isBetween(0L, Long.MAX_VALUE);
    }

    @Test
    void hasNoResultBeforeItsEnd() {
        assertThatIllegalStateException().isThrownBy(() -> new CrossingSearch(0, 10, 5, 9, 3).result());
    }

    /** Three days, evenly. */
    private static long ordered(long i) {
        return DAY_1 + i * 3 * DAY / COUNT;
    }

    private static SimulatedLog log(LongUnaryOperator timestamp) {
        long[] timestamps = new long[COUNT];
        Arrays.setAll(timestamps, timestamp::applyAsLong);
        return SimulatedLog.of(timestamps, DAY_4);
    }

    private static void assertCut(SimulatedLog log, long time, long at) {
        Crossings found = log.search(time);
        assertThat(found).extracting(Crossings::first, Crossings::last).containsExactly(at, at);
        assertThat(found.ordered()).as("%s", found).isTrue();
    }

    private static Crossings found(long at, SimulatedLog log) {
        return new Crossings(at, at, log.search(DAY_2).samples(), 0);
    }
}
