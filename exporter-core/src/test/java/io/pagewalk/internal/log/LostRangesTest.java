package io.pagewalk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LostRangesTest {
    private final LostRanges ranges = new LostRanges();

    @Test
    void keepsRangesThatTouchAsOne() {
        ranges.add(lost(0, 10, 20));
        ranges.add(lost(0, 30, 40));
        ranges.add(lost(1, 20, 30));
        assertThat(ranges.list()).containsExactly(lost(0, 10, 20), lost(0, 30, 40), lost(1, 20, 30));

        ranges.add(lost(0, 20, 30));

        assertThat(ranges.list()).containsExactly(lost(0, 10, 40), lost(1, 20, 30));
    }

    @Test
    void tellsOnlyThePartsThatAreMissing() {
        ranges.add(lost(0, 50, 70));

        assertThat(ranges.missing(lost(0, 0, 90))).containsExactly(lost(0, 0, 50), lost(0, 70, 90));
        assertThat(ranges.missing(lost(0, 55, 70))).isEmpty();
        assertThat(ranges.missing(lost(1, 55, 70))).containsExactly(lost(1, 55, 70));
    }

    @Test
    void isASetOfOffsets() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            LostRanges set = new LostRanges();
            BitSet expected = new BitSet();
            for (int i = 0; i < 10; i++) {
                LostRange next = random(random);
                int start = (int) next.range().start();
                int end = (int) next.range().end();
                int known = expected.get(start, end).cardinality();

                assertThat(set.sizeWithin(0, next.range())).as("seed %d", seed).isEqualTo(known);
                BitSet missing = new BitSet();
                for (LostRange part : set.missing(next)) {
                    missing.set((int) part.range().start(), (int) part.range().end());
                }
                BitSet expectedMissing = new BitSet();
                expectedMissing.set(start, end);
                expectedMissing.andNot(expected);
                assertThat(missing).as("seed %d", seed).isEqualTo(expectedMissing);

                set.add(next);
                expected.set(start, end);
                assertThat(set.size()).as("seed %d", seed).isEqualTo(expected.cardinality());
                assertThat(set.list()).as("seed %d", seed).isEqualTo(rangesOf(expected));
            }
        }
    }

    @Test
    void nothingIsWithinAnEmptyRange() {
        LostRanges set = new LostRanges();
        set.add(lost(0, 5, 10));

        assertThat(set.within(0, new OffsetRange(7, 7))).isEmpty();
        assertThat(set.within(0, new OffsetRange(7, 12))).containsExactly(lost(0, 7, 10));
    }

    private static LostRange random(Random random) {
        int start = random.nextInt(60);
        return lost(0, start, start + 1 + random.nextInt(12));
    }

    private static List<LostRange> rangesOf(BitSet offsets) {
        List<LostRange> list = new ArrayList<>();
        for (int start = offsets.nextSetBit(0); start >= 0; ) {
            int end = offsets.nextClearBit(start);
            list.add(lost(0, start, end));
            start = offsets.nextSetBit(end);
        }
        return list;
    }

    private static LostRange lost(int partition, long start, long end) {
        return new LostRange(partition, new OffsetRange(start, end));
    }
}
