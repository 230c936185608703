package io.pagewalk.internal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            Order order = random.nextInt(3) == 0 ? Order.TIME : Order.ROUNDS;
            ListingToken token = first(ranges, random.nextBoolean() ? Direction.ASC : Direction.DESC, 1, order);
            List<RecordView> walked = new ArrayList<>();
            int pages = 0;
            for (ListingToken at = token; at != null; pages++) {
                ListingToken sized = at.at(at.walk().withPageSize(1 + random.nextInt(40)));
                long maxBytes = random.nextInt(3) == 0 ? 1 + random.nextInt(3000) : Long.MAX_VALUE;

                PageListing page = read(topic, sized, Terms.ofBytes(maxBytes), random);

                List<RecordView> expected = topic.page(sized, maxBytes);
                if (order == Order.TIME) {
                    assertThat(keys(page.records()))
                            .as("seed %d, page %d", seed, pages)
                            .containsExactlyElementsOf(keys(expected));
                } else {
                    assertThat(keys(page.records()))
                            .as("seed %d, page %d", seed, pages)
                            .containsExactlyInAnyOrderElementsOf(keys(expected));
                    assertMerged(seed, page.records(), expected, token.walk().direction());
                }
                walked.addAll(expected);
                assertCovers(sized, page);
                at = next(at, page);
            }
            assertThat(keys(walked)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(keys(topic.left(token)));
        }
    }

    private static void assertCovers(ListingToken token, PageListing page) {
        long behind = page.next() == null ? 0 : page.next().remaining();
        assertThat(token.walk().remaining() - page.offsets()).isEqualTo(behind);
        if (page.next() != null) {
            assertThat(page.next().page()).isEqualTo(token.walk().page() + 1);
            assertThat(page.offsets()).isPositive();
        }
    }

    /** Deadlines that strike anywhere, windows of offsets, filters, and readers that go on to the next page. */
    @Test
    void howeverAListingIsCutEachRecordComesOnceAndInOrder() throws IOException {
        for (int seed = 0; seed < WALKS; seed++) {
            Random random = new Random(seed);
            SortedMap<Integer, OffsetRange> ranges = ranges(random);
            ModelTopic topic = filled(ranges, random);
            Order order = random.nextInt(3) == 0 ? Order.TIME : Order.ROUNDS;
            ListingToken token = first(ranges, random.nextBoolean() ? Direction.ASC : Direction.DESC, 3, order);
            int modulus = order == Order.TIME ? 1 : 1 + random.nextInt(3);
            Predicate<RecordView> filter = record -> record.offset() % modulus == 0;
            List<RecordView> listed = new ArrayList<>();
            ListingToken at = token;
            while (at != null) {
                boolean isWindow = order == Order.ROUNDS && random.nextInt(3) == 0;
                Terms terms = new Terms(
                        1 + random.nextInt(5000),
                        isWindow ? 1 + random.nextInt(60) : Long.MAX_VALUE,
                        filter,
                        Long.MAX_VALUE,
                        1 + random.nextInt(4));
                at = at.at(at.walk().withPageSize(1 + random.nextInt(20)));
                PageReader reader = new PageReader(at, topic.new Feed(at.walk(), random), terms, new StopSignal());
                for (int page = isWindow ? 1 : 1 + random.nextInt(3); page > 0 && at != null; page--) {
                    PageListing read = readWithDeadline(reader, random);
                    if (read == null) {
                        break;
                    }
                    listed.addAll(read.records());
                    assertCovers(at, read);
                    at = next(at, read);
                }
            }
            List<RecordView> expected =
                    topic.left(token).stream().filter(filter).toList();
            assertThat(keys(listed)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(keys(expected));
            for (int partition : ranges.keySet()) {
                assertThat(keys(of(partition, listed)))
                        .as("seed %d, partition %d", seed, partition)
                        .containsExactlyElementsOf(keys(of(partition, expected)));
            }
            if (order == Order.TIME) {
                assertThat(keys(listed)).as("seed %d", seed).containsExactlyElementsOf(keys(expected));
            }
        }
    }

    private static List<RecordView> of(int partition, List<RecordView> records) {
        return records.stream()
                .filter(record -> record.partition() == partition)
                .toList();
    }

    /** Null where nothing had come in time. */
    private static @Nullable PageListing readWithDeadline(PageReader reader, Random random) throws IOException {
        try {
            return reader.read(() -> random.nextInt(6) == 0);
        } catch (PageDeadlineException e) {
            return null;
        }
    }

    private static @Nullable ListingToken next(ListingToken at, PageListing page) {
        return page.next() == null ? null : at.at(page.next());
    }

    @Test
    void aPageWhoseTimeWasOverBeforeAnythingCameIsNoPage() {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ranges.put(0, new OffsetRange(0, 3));
        ListingToken token = first(ranges, Direction.ASC, 10, Order.ROUNDS);
        ModelTopic.Feed feed = new ModelTopic().new Feed(token.walk(), new Random(3));
        PageReader reader = new PageReader(token, feed, Terms.ofBytes(100), new StopSignal());

        assertThatThrownBy(() -> reader.read(() -> true))
                .isInstanceOfSatisfying(
                        PageDeadlineException.class,
                        e -> assertThat(e.isSilent()).isTrue())
                .hasMessage("t: the time for a page was over before any of it had come; try again, with more time");
    }

    @Test
    void aRecordThatIsTooLargeToBeHeldComesAsAPreview() throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ranges.put(0, new OffsetRange(0, 2));
        ModelTopic topic = new ModelTopic().add(0, 0, 0, 100_000).add(0, 1, 1, 10);
        Terms terms = new Terms(50_000, Long.MAX_VALUE, record -> true, 60_000, 1);

        for (Direction direction : Direction.values()) {
            PageListing page = read(topic, first(ranges, direction, 10, Order.ROUNDS), terms, new Random(3));

            assertThat(page.records())
                    .extracting(record -> record.value().fullLength())
                    .containsExactlyInAnyOrder(100_000, 10);
            assertThat(page.records())
                    .extracting(record -> record.value().length())
                    .containsExactlyInAnyOrder(16 * 1024, 10);
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
        for (ListingToken at = first(ranges, direction, 3, Order.ROUNDS); at != null; pages++) {
            PageListing page = read(topic, at, Terms.ofBytes(Long.MAX_VALUE), random);
            assertThat(page.records()).hasSize(Math.min(3, (int) at.walk().remaining()));
            at = next(at, page);
        }
        assertThat(pages).isEqualTo(341);
    }

    @Test
    void aHoleOfTenMillionOffsetsCostsSomePieces() throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ranges.put(0, new OffsetRange(0, 10_000_100));
        ModelTopic topic = new ModelTopic();
        IntStream.range(0, 100).forEach(offset -> topic.add(0, offset, offset, 1));
        ListingToken token = first(ranges, Direction.DESC, 50, Order.ROUNDS);
        ModelTopic.Feed feed = topic.new Feed(token.walk(), new Random(2));

        PageListing page =
                new PageReader(token, feed, Terms.ofBytes(Long.MAX_VALUE), new StopSignal()).read(() -> false);

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

        ListingToken token = first(ranges, Direction.ASC, 10, Order.ROUNDS);
        PageListing first = read(topic, token, Terms.ofBytes(100), random);
        PageListing second = read(topic, next(token, first), Terms.ofBytes(100), random);

        assertThat(first.records()).extracting(RecordView::offset).containsExactly(0L);
        assertThat(second.records()).extracting(RecordView::offset).containsExactly(1L);
    }

    /** A hundred partitions with large records: what is known of all of them has to fit, too. */
    @ParameterizedTest
    @CsvSource({"ASC, ROUNDS", "DESC, ROUNDS", "ASC, TIME", "DESC, TIME"})
    void holdsLittleMoreThanAPageMayHave(Direction direction, Order order) throws IOException {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ModelTopic topic = new ModelTopic();
        for (int partition = 0; partition < 100; partition++) {
            ranges.put(partition, new OffsetRange(0, 100));
            for (int offset = 0; offset < 100; offset++) {
                topic.add(partition, offset, offset, 10_000);
            }
        }
        ListingToken token = first(ranges, direction, 5_000, order);
        Terms terms = Terms.ofBytes(2_000_000);
        PageReader reader = new PageReader(token, topic.new Feed(token.walk(), new Random(5)), terms, new StopSignal());
        long[] most = {0};

        PageListing page = reader.read(() -> {
            most[0] = Math.max(most[0], reader.heldBytes());
            return false;
        });

        assertThat(page.records()).hasSize(200);
        // What one poll of the model brings, and a record of each partition.
        assertThat(most[0]).isLessThan(terms.maxBytes() + 100 * 20 * 10_000 + 100 * 10_000);
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
        ListingToken token = first(ranges, direction, 10, Order.ROUNDS);
        ModelTopic.Feed feed = topic.new Feed(token.walk(), new Random(4));

        PageListing page =
                new PageReader(token, feed, Terms.ofBytes(Long.MAX_VALUE), new StopSignal()).read(() -> false);

        assertThat(page.records())
                .extracting(RecordView::partition)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(feed.begun()).isEqualTo(10);
    }

    private static PageListing read(ModelTopic topic, ListingToken token, Terms terms, Random random)
            throws IOException {
        return new PageReader(token, topic.new Feed(token.walk(), random), terms, new StopSignal()).read(() -> false);
    }

    private static ListingToken first(
            SortedMap<Integer, OffsetRange> ranges, Direction direction, long pageSize, Order order) {
        Extent extent = new Extent("c", "t", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, ranges);
        return ListingToken.first(PageToken.first(extent, direction, pageSize, 1), order, 0);
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
