package io.pagewalk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.RandomExtents;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntryBoundTest {
    @Test
    void noEntryOfAWalkIsLargerAndTheLargestIsNotMuchSmaller() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int walk = 0; walk < 300; walk++) {
            PageToken next = RandomExtents.firstToken(random);
            long bound = EntryBound.of(Entries.start(), next, Entries.ORIGIN);

            long largest = 0;
            int mostSlices = 0;
            for (int pages = 0; pages < 20 && !next.isExhausted(); pages++) {
                Page page = Paginator.plan(next);
                next = page.next();
                largest = Math.max(largest, largestEntryOf(page));
                mostSlices = Math.max(mostSlices, page.slices().size());
            }

            assertThat(largest).as("seed %d, walk %d", seed, walk).isLessThanOrEqualTo(bound);
            assertThat(bound).as("seed %d, walk %d", seed, walk).isLessThan(16_384 + 5 * largest);
        }
    }

    @Test
    void boundsTheFirstEntryToo() {
        Checkpoint.Start start = Entries.start(new long[3000]);
        long first = CheckpointCodec.encode(Entries.entry(0, "", start)).length;

        assertThat(EntryBound.of(start, Entries.start().next(), Entries.ORIGIN)).isGreaterThan(first);
    }

    private static long largestEntryOf(Page page) {
        List<DataFile> files =
                page.slices().stream().map(EntryBoundTest::largestFileOf).toList();
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        page.slices().forEach(slice -> gaps.put(slice.partition(), Long.MAX_VALUE));
        long most = Long.MAX_VALUE;
        Checkpoint.Body body = new Checkpoint.PageCommit(
                files, gaps, new Totals(most, most, most, most, most, most, most, most, most, most, most), page.next());
        return CheckpointCodec.encode(new Checkpoint(
                        most,
                        "x".repeat(249),
                        page.next().topic(),
                        new Origin("run".repeat(12), "h".repeat(253), Long.MAX_VALUE),
                        Instant.parse("2026-12-31T23:59:59.999Z"),
                        "sha256:" + "0".repeat(64),
                        new EntryLinks(most, most, most),
                        body))
                .length;
    }

    private static DataFile largestFileOf(Slice slice) {
        FileContent.Bounds bounds = slice.range().isEmpty()
                ? null
                : new FileContent.Bounds(
                        slice.range().start(), slice.range().end() - 1, Long.MIN_VALUE, Long.MIN_VALUE);
        long aside = slice.range().size() > 1 ? 1 : 0;
        FileContent content = new FileContent(slice.range().size() - aside, bounds);
        PublishedFile file = new PublishedFile(
                Entries.NAMING.nameOf(slice), content, Long.MAX_VALUE, "crc32c:00000000", Long.MAX_VALUE, false);
        DeadLetters letters = aside == 0 ? null : new DeadLetters(aside, Long.MAX_VALUE, "crc32c:00000000");
        return DataFile.of(slice, file, 0, letters);
    }
}
