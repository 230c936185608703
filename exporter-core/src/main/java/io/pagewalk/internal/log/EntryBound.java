package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.ByteUtils;

/** How large an entry of an export can become, from what is known before its first page. */
final class EntryBound {
    /** What is not looked at here: the longest names of export, topic and hosts to come. */
    private static final int SLACK = 1024;

    private static final String CHECKSUM = "sha256:" + "f".repeat(64);
    private static final int LONGEST_NUMBER = 10;

    private EntryBound() {}

    /**
     * An upper bound, in bytes, of the first entry and of those of the pages to come.
     *
     * @param next the token of the first page to come
     */
    static long of(Checkpoint.Start start, PageToken next, Origin origin) {
        long most = 0;
        for (Checkpoint.Kind kind : Checkpoint.Kind.values()) {
            most = Math.max(most, of(kind, start, next, origin));
        }
        return most + SLACK;
    }

    private static long of(Checkpoint.Kind kind, Checkpoint.Start start, PageToken next, Origin origin) {
        return switch (kind) {
            case START -> size(start, origin);
            case PAGE -> page(start.naming(), next, origin);
            // A loss is that of one read, ids are met one by one, and the end of a log says less than any page.
            case LOSS, SCHEMAS, COMPLETE -> 0;
        };
    }

    private static long page(FileNaming naming, PageToken next, Origin origin) {
        long without = size(commit(next, List.of()), origin);
        long file = size(commit(next, List.of(largestFile(naming, next))), origin) - without + ",".length();
        return without + mostSlices(next) * file + tokenGrowth(next);
    }

    private static long size(Checkpoint.Body body, Origin origin) {
        Checkpoint checkpoint = new Checkpoint(
                Long.MAX_VALUE,
                "",
                "",
                origin,
                Instant.EPOCH,
                CHECKSUM,
                new EntryLinks(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                body);
        return CheckpointCodec.encode(checkpoint).length;
    }

    private static Checkpoint.PageCommit commit(PageToken next, List<DataFile> files) {
        long most = Long.MAX_VALUE;
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        for (int i = 0; i < next.partitionCount(); i++) {
            gaps.put(next.partition(i), most);
        }
        Totals totals = new Totals(most, most, most, most, most, most, most, most, most, most, most);
        return new Checkpoint.PageCommit(files, Collections.unmodifiableSortedMap(gaps), totals, next);
    }

    private static DataFile largestFile(FileNaming naming, PageToken next) {
        long most = Long.MAX_VALUE;
        // Each of the numbers that make up the slice is to have as many digits as can be.
        long part = most / 6;
        Slice slice = new Slice(new TopicPartition(next.topic(), Integer.MAX_VALUE), new OffsetRange(part, most));
        FileContent content = new FileContent(part, new FileContent.Bounds(most, most, Long.MIN_VALUE, Long.MIN_VALUE));
        PublishedFile file = new PublishedFile(naming.nameOf(slice), content, most, CHECKSUM, most, false);
        return DataFile.of(slice, file, part, part, new DeadLetters(part, most, CHECKSUM));
    }

    /** A page has room for so many full slices, and each partition has one that is not full at most. */
    private static long mostSlices(PageToken next) {
        long slices = 0;
        for (int i = 0; i < next.partitionCount(); i++) {
            slices += Math.min(Paginator.MAX_SLICES, ceilDiv(next.remaining(i).size(), next.sliceSize()));
        }
        long fitting = Math.min(Paginator.MAX_SLICES, next.pageSize() / next.sliceSize()) + next.partitionCount();
        return Math.min(Math.min(slices, fitting), Paginator.MAX_SLICES);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
    }

    /** By how many characters a later token can be longer: its numbers may get more bytes. */
    private static long tokenGrowth(PageToken next) {
        // Those of the page, and of whose turn it is.
        long bytes = 2 * LONGEST_NUMBER;
        for (int i = 0; i < next.partitionCount(); i++) {
            OffsetRange remaining = next.remaining(i);
            bytes += ByteUtils.sizeOfVarlong(remaining.end()) - ByteUtils.sizeOfVarlong(remaining.start());
        }
        // Three bytes are four characters of base64.
        return 4 * ceilDiv(bytes, 3);
    }
}
