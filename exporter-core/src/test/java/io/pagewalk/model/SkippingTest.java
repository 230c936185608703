package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Offsets that are skipped, against the same ones walked in pages of any size. */
class SkippingTest {
    private static final int WALKS = 3_000;
    private static final int MOST_SKIPPED = 4_000;

    @Test
    void standsWherePagesOfAnySizeEndThatHaveAsMany() {
        for (int seed = 0; seed < WALKS; seed++) {
            Random random = new Random(seed);
            PageToken token = ofSingleOffsets(RandomExtents.firstToken(random), 1 + random.nextInt(20));
            token = walked(token, random.nextInt(50), random);
            long offsets = Math.min(random.nextInt(MOST_SKIPPED), token.remaining());

            PageToken skipped = Paginator.skip(token, offsets);

            PageToken expected = walked(token, offsets, random);
            for (int i = 0; i < token.partitionCount(); i++) {
                assertThat(skipped.remaining(i)).as("seed %d", seed).isEqualTo(expected.remaining(i));
            }
            assertThat(skipped.turn()).as("seed %d", seed).isEqualTo(expected.turn());
            assertThat(skipped.page()).isEqualTo(token.page() + -Math.floorDiv(-offsets, token.pageSize()));
            assertThat(PageToken.parse(skipped.encode())).isEqualTo(skipped);
        }
    }

    @Test
    void aWindowAndWhatIsBehindItAreAllThatIsLeft() {
        for (int seed = 0; seed < WALKS; seed++) {
            Random random = new Random(seed);
            PageToken token = ofSingleOffsets(RandomExtents.firstToken(random), 1 + random.nextInt(20));
            token = walked(token, random.nextInt(50), random);
            long offsets = Math.min(random.nextInt(MOST_SKIPPED), token.remaining());

            PageToken window = Paginator.window(token, offsets);

            PageToken behind = Paginator.behind(token, offsets, 1);
            assertThat(window.remaining()).as("seed %d", seed).isEqualTo(offsets);
            for (int i = 0; i < token.partitionCount(); i++) {
                OffsetRange first = token.direction() == Direction.ASC ? window.remaining(i) : behind.remaining(i);
                OffsetRange second = token.direction() == Direction.ASC ? behind.remaining(i) : window.remaining(i);
                assertThat(first.end()).as("seed %d", seed).isEqualTo(second.start());
                assertThat(new OffsetRange(first.start(), second.end())).isEqualTo(token.remaining(i));
            }
            assertThat(PageToken.parse(window.encode())).isEqualTo(window);
        }
    }

    @ParameterizedTest
    @CsvSource({"'1000,10,10', 2", "'1000,10,10', 3", "'10000,1000,10,1,0', 2", "'10000,1000,10,1,0', 3"})
    void thePageOfANumberIsThatOfTheWalk(String sizes, int pageSize) {
        for (Direction direction : Direction.values()) {
            PageToken first = PageToken.first(extent(sizes), direction, pageSize, 1);
            PageToken token = first;
            for (long page = 1; !token.isExhausted(); page++) {
                PageToken skipped = Paginator.skip(first, (page - 1) * pageSize);

                assertThat(skipped).as("page %d", page).isEqualTo(token);
                token = Paginator.plan(token).next();
            }
            assertThat(Paginator.skip(first, first.remaining())).isEqualTo(token);
            assertThat(Paginator.skip(first, Long.MAX_VALUE)).isEqualTo(token);
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void costsNothingHoweverMuchIsSkipped(Direction direction) {
        long large = 3L << 60;
        PageToken first = PageToken.first(extent(large + ",1000000,0,7"), direction, 50, 1);

        PageToken skipped = Paginator.skip(first, first.remaining() - 3);

        assertThat(skipped.remaining()).isEqualTo(3);
        assertThat(skipped.remaining(0).size()).isEqualTo(3);
        assertThat(Paginator.plan(skipped).next().isExhausted()).isTrue();
    }

    @Test
    void whatCannotBeSkippedIsRefused() {
        PageToken ofSlices = PageToken.first(extent("10"), Direction.ASC, 10, 2);
        PageToken ofOffsets = PageToken.first(extent("10"), Direction.ASC, 10, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> Paginator.skip(ofSlices, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Paginator.skip(ofOffsets, -1));
        assertThat(Paginator.skip(ofOffsets, 0)).isSameAs(ofOffsets);
    }

    private static PageToken ofSingleOffsets(PageToken token, long pageSize) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        for (int i = 0; i < token.partitionCount(); i++) {
            partitions.put(token.partition(i), token.remaining(i));
        }
        Extent extent =
                new Extent(token.clusterId(), token.topic(), token.topicId(), token.isolationLevel(), partitions);
        return PageToken.first(extent, token.direction(), pageSize, 1);
    }

    private static PageToken walked(PageToken token, long offsets, Random random) {
        PageToken at = token;
        for (long left = Math.min(offsets, token.remaining()); left > 0; ) {
            long size = Math.min(left, 1 + random.nextInt(100));
            at = Paginator.plan(at.withPageSize(size)).next();
            left -= size;
        }
        return at.withPageSize(token.pageSize());
    }

    private static Extent extent(String sizes) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        for (String size : sizes.split(",", -1)) {
            partitions.put(partitions.size(), new OffsetRange(5, 5 + Long.parseLong(size)));
        }
        return new Extent("c", "t", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, partitions);
    }
}
