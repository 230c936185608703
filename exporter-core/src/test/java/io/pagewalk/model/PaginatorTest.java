package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaginatorTest {
    @Test
    void takesAscendingPagesFromTheFront() {
        PageToken token = token(Direction.ASC, 4, 2, range(10, 17));

        assertThat(walk(token)).containsExactly("0 [10, 12), 0 [12, 14)", "0 [14, 16), 0 [16, 17)");
    }

    @Test
    void takesDescendingPagesFromTheBack() {
        PageToken token = token(Direction.DESC, 4, 2, range(10, 17));

        assertThat(walk(token)).containsExactly("0 [15, 17), 0 [13, 15)", "0 [11, 13), 0 [10, 11)");
    }

    @Test
    void grantsInRoundsByTheNumbersOfPartitions() {
        PageToken token = token(Direction.ASC, 10, 2, range(0, 3), range(0, 8), range(0, 5));

        assertThat(walk(token))
                .containsExactly(
                        "0 [0, 2), 1 [0, 2), 2 [0, 2), 0 [2, 3), 1 [2, 4)", //
                        "2 [2, 4), 1 [4, 6), 2 [4, 5), 1 [6, 8)");
    }

    @Test
    void goesOnBehindThePartitionThatWasServedLast() {
        PageToken token = token(Direction.ASC, 2, 1, range(5, 6), range(0, 1), range(9, 10));

        assertThat(walk(token)).containsExactly("0 [5, 6), 1 [0, 1)", "2 [9, 10)");
    }

    @Test
    void givesWhatAShortPartitionCannotUseToTheOthers() {
        PageToken token = token(Direction.ASC, 9, 3, range(0, 100), range(0, 1));

        assertThat(slices(Paginator.plan(token))).isEqualTo("0 [0, 3), 1 [0, 1), 0 [3, 6)");
    }

    @Test
    void cutsNoSliceShortToFillAPage() {
        PageToken token = token(Direction.ASC, 5, 3, range(0, 9));

        assertThat(walk(token)).containsExactly("0 [0, 3)", "0 [3, 6)", "0 [6, 9)");
    }

    @Test
    void walksSkewedPartitionsToTheEndWithPagesBelowTheirNumber() {
        for (Direction direction : Direction.values()) {
            PageToken token = token(direction, 3, 1, range(4, 4), range(0, 1), range(0, 10), range(7, 10_007));

            List<String> pages = walk(token);

            assertThat(pages).hasSize((10_011 + 2) / 3);
        }
    }

    @Test
    void servesEveryOneOfAHundredPartitionsWithSevenSlicesAPage() {
        OffsetRange[] ranges = new OffsetRange[100];
        Arrays.fill(ranges, range(0, 3));
        PageToken token = token(Direction.ASC, 7, 1, ranges);
        List<Integer> served = new ArrayList<>();

        while (served.size() < 100) {
            Page page = Paginator.plan(token);
            page.slices().forEach(slice -> served.add(slice.partition()));
            token = page.next();
        }

        assertThat(served.subList(0, 100)).doesNotHaveDuplicates();
    }

    @Test
    void keepsExhaustedPartitionsInTheToken() {
        PageToken token = token(Direction.ASC, 2, 1, range(3, 3), range(0, 1), range(0, 5));

        Page page = Paginator.plan(token);

        assertThat(page.next().partitionCount()).isEqualTo(3);
        assertThat(page.next().remaining(0)).isEqualTo(range(3, 3));
        assertThat(page.next().remaining(1)).isEqualTo(range(1, 1));
        assertThat(page.next().remaining(2)).isEqualTo(range(1, 5));
    }

    @Test
    void endsWithAFullPageWithoutAnEmptyOneBehindIt() {
        Page only = Paginator.plan(token(Direction.ASC, 4, 2, range(0, 4)));

        assertThat(only.size()).isEqualTo(4);
        assertThat(only.next().isExhausted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void plansOneEmptySliceOfAnExtentWithoutOffsets(Direction direction) {
        Page only = Paginator.plan(token(direction, 4, 2, range(9, 9), range(0, 0)));

        assertThat(slices(only)).isEqualTo("0 " + range(9, 9));
        assertThat(only.number()).isEqualTo(1);
        assertThat(only.next().isExhausted()).isTrue();
    }

    @Test
    void plansNoPageOfAnExhaustedToken() {
        PageToken exhausted = Paginator.plan(token(Direction.ASC, 4, 2, range(9, 11), range(0, 0)))
                .next();

        assertThat(exhausted.isExhausted()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Paginator.plan(exhausted))
                .withMessageStartingWith("no page remains");
        assertThatIllegalArgumentException().isThrownBy(() -> Paginator.plan(token(Direction.DESC, 1, 1)));
    }

    @Test
    void reachesTheLastOffsetThereIs() {
        long max = Long.MAX_VALUE;

        assertThat(walk(token(Direction.ASC, max, max, range(max - 3, max))))
                .containsExactly("0 " + range(max - 3, max));
        assertThat(walk(token(Direction.DESC, max, max, range(0, max)))).containsExactly("0 " + range(0, max));
    }

    @Test
    void numbersPagesFromOne() {
        PageToken token = token(Direction.ASC, 1, 1, range(0, 2));

        Page first = Paginator.plan(token);
        Page second = Paginator.plan(first.next());

        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(2);
    }

    @Test
    void boundsTheSlicesOfAPage() {
        PageToken token = token(Direction.ASC, 1_000_000, 1, range(0, 500_000), range(0, 500_000));

        Page page = Paginator.plan(token);

        assertThat(page.slices()).hasSize(Paginator.MAX_SLICES);
        assertThat(page.next().remaining()).isEqualTo(1_000_000 - Paginator.MAX_SLICES);
    }

    @Test
    void asksForSizesThatAPageCanHave() {
        assertThatIllegalArgumentException().isThrownBy(() -> token(Direction.ASC, 2, 3, range(0, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> token(Direction.ASC, 2, 0, range(0, 1)));
    }

    private static OffsetRange range(long start, long end) {
        return new OffsetRange(start, end);
    }

    private static PageToken token(Direction direction, long pageSize, long sliceSize, OffsetRange... ranges) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        for (int i = 0; i < ranges.length; i++) {
            partitions.put(i, ranges[i]);
        }
        Extent extent = new Extent("cluster", "t", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, partitions);
        return PageToken.first(extent, direction, pageSize, sliceSize);
    }

    private static List<String> walk(PageToken first) {
        List<String> pages = new ArrayList<>();
        for (PageToken token = first; !token.isExhausted(); ) {
            Page page = Paginator.plan(token);
            pages.add(slices(page));
            token = page.next();
        }
        return pages;
    }

    private static String slices(Page page) {
        return String.join(
                ", ",
                page.slices().stream()
                        .map(slice -> slice.partition() + " " + slice.range())
                        .toList());
    }
}
