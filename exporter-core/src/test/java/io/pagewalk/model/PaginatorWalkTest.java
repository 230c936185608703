package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds on every walk, seen on thousands of them. */
class PaginatorWalkTest {
    private static final int WALKS = 4_000;

    @Test
    void pagesTileTheExtent() {
        walkAll((token, page) -> {}, PaginatorWalkTest::assertTiles);
    }

    @Test
    void plansAsTheRuleSays() {
        walkAll(
                (token, page) -> {
                    NaivePaginator naive = new NaivePaginator(token);
                    assertThat(page.slices()).isEqualTo(naive.slices());
                    for (int i = 0; i < token.partitionCount(); i++) {
                        assertThat(page.next().remaining(i)).isEqualTo(naive.remaining(token.partition(i)));
                    }
                },
                (first, pages) -> {});
    }

    @Test
    void noPageIsEmptyOrAboveThePageSize() {
        walkAll(
                (token, page) -> {
                    assertThat(page.slices()).isNotEmpty();
                    assertThat(page.size()).isBetween(1L, token.pageSize());
                    assertThat(page.next().remaining()).isEqualTo(token.remaining() - page.size());
                },
                (first, pages) -> {});
    }

    @Test
    void sharesDifferByAtMostOneSliceWhileTheyLast() {
        walkAll(PaginatorWalkTest::assertFair, (first, pages) -> {});
    }

    @Test
    void pagesOnlyCutTheSequenceOfSlices() {
        walkAll((token, page) -> {}, (first, pages) -> {
            PageToken larger = first.withPageSize(3 * first.pageSize() + 1);
            assertThat(slices(walk(larger, (token, page) -> {}))).isEqualTo(slices(pages));
        });
    }

    private static List<Slice> slices(List<Page> pages) {
        return pages.stream().flatMap(page -> page.slices().stream()).toList();
    }

    @Test
    void everySliceButAPartitionsLastIsFull() {
        walkAll(
                (token, page) -> {
                    for (Slice slice : page.slices()) {
                        assertThat(slice.range().size())
                                .isEqualTo(Math.min(token.sliceSize(), leftBefore(token, page, slice)));
                    }
                },
                (first, pages) -> {});
    }

    @Test
    void theSameTokenPlansTheSamePage() {
        walkAll(
                (token, page) -> {
                    assertThat(Paginator.plan(token)).isEqualTo(page);
                    if (page.number() % 16 == 1) {
                        assertThat(Paginator.plan(PageToken.parse(token.encode())))
                                .isEqualTo(page);
                    }
                },
                (first, pages) -> {});
    }

    @Test
    void keepsEveryPartitionAndEverySettingInTheToken() {
        walkAll(
                (token, page) -> {
                    PageToken next = page.next();
                    assertThat(next.partitionCount()).isEqualTo(token.partitionCount());
                    for (int i = 0; i < token.partitionCount(); i++) {
                        assertThat(next.partition(i)).isEqualTo(token.partition(i));
                    }
                    assertThat(page.number()).isEqualTo(token.page());
                    assertThat(next.page()).isEqualTo(token.page() + 1);
                    assertThat(next.pageSize()).isEqualTo(token.pageSize());
                    assertThat(next.sliceSize()).isEqualTo(token.sliceSize());
                    assertThat(next.direction()).isEqualTo(token.direction());
                    assertThat(next.topicId()).isEqualTo(token.topicId());
                    assertThat(next.isolationLevel()).isEqualTo(token.isolationLevel());
                },
                (first, pages) -> {});
    }

    private static void assertTiles(PageToken first, List<Page> pages) {
        boolean ascending = first.direction() == Direction.ASC;
        Map<Integer, OffsetRange> left = new HashMap<>();
        for (int i = 0; i < first.partitionCount(); i++) {
            left.put(first.partition(i), first.remaining(i));
        }
        for (Page page : pages) {
            for (Slice slice : page.slices()) {
                OffsetRange range = left.get(slice.partition());
                OffsetRange taken = slice.range();
                if (ascending) {
                    assertThat(taken.start()).isEqualTo(range.start());
                    left.put(slice.partition(), new OffsetRange(taken.end(), range.end()));
                } else {
                    assertThat(taken.end()).isEqualTo(range.end());
                    left.put(slice.partition(), new OffsetRange(range.start(), taken.start()));
                }
            }
        }
        assertThat(left.values()).allMatch(OffsetRange::isEmpty);
    }

    private static void assertFair(PageToken token, Page page) {
        Map<Integer, Integer> shares = new HashMap<>();
        page.slices().forEach(slice -> shares.merge(slice.partition(), 1, Integer::sum));
        int greatest =
                shares.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        for (int i = 0; i < token.partitionCount(); i++) {
            if (!page.next().remaining(i).isEmpty()) {
                assertThat(shares.getOrDefault(token.partition(i), 0)).isGreaterThanOrEqualTo(greatest - 1);
            }
        }
    }

    private static long leftBefore(PageToken token, Page page, Slice slice) {
        int index = 0;
        while (token.partition(index) != slice.partition()) {
            index++;
        }
        long left = token.remaining(index).size();
        for (Slice earlier : page.slices()) {
            if (earlier.equals(slice)) {
                return left;
            }
            if (earlier.partition() == slice.partition()) {
                left -= earlier.range().size();
            }
        }
        throw new AssertionError(slice + " is not of the page");
    }

    private interface PageCheck {
        void check(PageToken token, Page page);
    }

    private interface WalkCheck {
        void check(PageToken first, List<Page> pages);
    }

    private static void walkAll(PageCheck pageCheck, WalkCheck walkCheck) {
        for (int seed = 0; seed < WALKS; seed++) {
            PageToken first = RandomExtents.firstToken(new Random(seed));
            if (first.remaining() == 0) {
                // Its page is a case of its own.
                continue;
            }
            try {
                walkCheck.check(first, walk(first, pageCheck));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + first, e);
            }
        }
    }

    private static List<Page> walk(PageToken first, PageCheck check) {
        List<Page> pages = new ArrayList<>();
        for (PageToken token = first; !token.isExhausted(); ) {
            assertThat(pages.size()).as("a page takes at least one slice").isLessThan(10_000);
            Page page = Paginator.plan(token);
            check.check(token, page);
            pages.add(page);
            token = page.next();
        }
        return pages;
    }
}
