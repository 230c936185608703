package io.pagewalk.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages against what the rules say, whatever comes when. */
@Timeout(120)
class PageReaderTest {
    private static final int WALKS = 1_500;

    @Test
    void everyPageIsWhatTheRulesSayWhateverComesWhen() throws IOException {
        for (int seed = 0; seed < WALKS; seed++) {
            Random random = new Random(seed);
            SortedMap<Integer, OffsetRange> ranges = ranges(random);
            ModelTopic topic = filled(ranges, random);
            PageToken token = first(ranges, random.nextBoolean() ? Direction.ASC : Direction.DESC, 1);
            List<RecordView> walked = new ArrayList<>();
            int pages = 0;
            for (PageToken at = token; at != null; pages++) {
                PageToken sized = at.withPageSize(1 + random.nextInt(40));
                long maxBytes = random.nextInt(3) == 0 ? 1 + random.nextInt(3000) : Long.MAX_VALUE;

                PageListing page = read(topic, sized, maxBytes, random);

                List<RecordView> expected = topic.page(sized, maxBytes);
                assertThat(keys(page.records()))
                        .as("seed %d, page %d", seed, pages)
                        .containsExactlyInAnyOrderElementsOf(keys(expected));
                walked.addAll(expected);
                assertMerged(seed, page.records(), expected, token.direction());
                at = page.next();
                if (at != null) {
                    assertThat(at.page()).isEqualTo(sized.page() + 1);
                    assertThat(at.remaining()).isLessThan(sized.remaining());
                }
            }
            List<String> all = new ArrayList<>();
            ranges.forEach((partition, range) ->
                    all.addAll(keys(List.copyOf(topic.records(partition, range).values()))));
            assertThat(keys(walked)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** The greedy merge, step by step. */
    private static void assertMerged(int seed, List<RecordView> page, List<RecordView> walk, Direction direction) {
        List<RecordView> left = new ArrayList<>(walk);
        Comparator<RecordView> byTime = Comparator.comparingLong(RecordView::timestamp);
        Comparator<RecordView> order =
                (direction == Direction.ASC ? byTime : byTime.reversed()).thenComparingInt(RecordView::partition);
        for (RecordView record : page) {
            RecordView expected = left.stream()
                    .filter(candidate -> left.stream()
                            .filter(other -> other.partition() == candidate.partition())
                            .findFirst()
                            .orElseThrow()
                            .equals(candidate))
                    .min(order)
                    .orElseThrow();
            assertThat(keys(List.of(record))).as("seed %d", seed).isEqualTo(keys(List.of(expected)));
            left.remove(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void withoutGapsThereAreAsManyPagesAsNeededAndNoEmptyLastOne(Direction direction) throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ModelTopic topic = new ModelTopic();
        int[] sizes = {1000, 10, 0, 1, 10};
        for (int partition = 0; partition < sizes.length; partition++) {
            ranges.put(partition, new OffsetRange(0, sizes[partition]));
            for (int offset = 0; offset < sizes[partition]; offset++) {
                topic.add(partition, offset, offset, 1);
            }
        }
        Random random = new Random(1);
        int pages = 0;
        for (PageToken at = first(ranges, direction, 3); at != null; pages++) {
            PageListing page = read(topic, at, Long.MAX_VALUE, random);
            assertThat(page.records()).hasSize(Math.min(3, (int) at.remaining()));
            at = page.next();
        }
        assertThat(pages).isEqualTo(341);
    }

    @Test
    void aHoleOfTenMillionOffsetsCostsSomePieces() throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ranges.put(0, new OffsetRange(0, 10_000_100));
        ModelTopic topic = new ModelTopic();
        IntStream.range(0, 100).forEach(offset -> topic.add(0, offset, offset, 1));
        PageToken token = first(ranges, Direction.DESC, 50);
        ModelTopic.Feed feed = topic.new Feed(token, new Random(2));

        PageListing page = new PageReader(token, feed, Long.MAX_VALUE).read();

        assertThat(page.records())
                .extracting(RecordView::offset)
                .startsWith(99L)
                .endsWith(50L)
                .hasSize(50);
        assertThat(feed.polls).isLessThan(80);
    }

    @Test
    void whatIsLargerThanThePageIsItsOnlyRecord() throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ranges.put(0, new OffsetRange(0, 3));
        ModelTopic topic = new ModelTopic().add(0, 0, 0, 10).add(0, 1, 1, 1000).add(0, 2, 2, 10);
        Random random = new Random(3);

        PageListing first = read(topic, first(ranges, Direction.ASC, 10), 100, random);
        PageListing second = read(topic, first.next(), 100, random);

        assertThat(first.records()).extracting(RecordView::offset).containsExactly(0L);
        assertThat(second.records()).extracting(RecordView::offset).containsExactly(1L);
    }

    /** Of a thousand partitions, a page of ten asks for ten. */
    @ParameterizedTest
    @EnumSource(Direction.class)
    void partitionsAreNotReadFromWhichThePageHasNothing(Direction direction) throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ModelTopic topic = new ModelTopic();
        for (int partition = 0; partition < 1000; partition++) {
            ranges.put(partition, new OffsetRange(0, 100));
            for (int offset = 0; offset < 100; offset++) {
                topic.add(partition, offset, offset, 1);
            }
        }
        PageToken token = first(ranges, direction, 10);
        ModelTopic.Feed feed = topic.new Feed(token, new Random(4));

        PageListing page = new PageReader(token, feed, Long.MAX_VALUE).read();

        assertThat(page.records())
                .extracting(RecordView::partition)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(feed.begun()).isEqualTo(10);
    }

    private static PageListing read(ModelTopic topic, PageToken token, long maxBytes, Random random)
            throws IOException {
        return new PageReader(token, topic.new Feed(token, random), maxBytes).read();
    }

    private static PageToken first(SortedMap<Integer, OffsetRange> ranges, Direction direction, long pageSize) {
        Extent extent = new Extent("c", "t", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, ranges);
        return PageToken.first(extent, direction, pageSize, 1);
    }

    private static List<String> keys(List<RecordView> records) {
        return records.stream()
                .map(record -> record.partition() + "-" + record.offset())
                .toList();
    }

    private static SortedMap<Integer, OffsetRange> ranges(Random random) {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        int count = 1 + random.nextInt(random.nextInt(5) == 0 ? 30 : 4);
        for (int partition = 0; partition < count; partition++) {
            long start = random.nextInt(1000);
            ranges.put(partition, new OffsetRange(start, start + random.nextInt(random.nextInt(4) == 0 ? 2 : 200)));
        }
        return ranges;
    }

    private static ModelTopic filled(SortedMap<Integer, OffsetRange> ranges, Random random) {
        ModelTopic topic = new ModelTopic();
        int density = 1 + random.nextInt(10);
        ranges.forEach((partition, range) -> {
            // Some are before the extent, and some behind it.
            for (long offset = Math.max(0, range.start() - 5); offset < range.end() + 5; offset++) {
                if (random.nextInt(10) < density) {
                    topic.add(partition, offset, random.nextInt(50), random.nextInt(200));
                }
            }
        });
        return topic;
    }
}
