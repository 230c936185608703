package io.pagewalk.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Origin;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** Parts of an export's log: of topic {@code orders}, in pages of two slices of five offsets. */
public final class Entries {
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    public static final Origin ORIGIN = new Origin("run-1", "host-1", 11);
    public static final Origin RIVAL = new Origin("run-2", "host-2", 22);

    public static final FileNaming NAMING = new FileNaming(1, "0123456789ab", ".jsonl");

    private static final int SEAL_LENGTH = ",\"checksum\":\"sha256:\"}\n".length() + 64;

    private Entries() {}

    /** A start whose partitions, from 0 on, each have that many offsets. */
    public static Checkpoint.Start start(long... sizes) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        for (int i = 0; i < sizes.length; i++) {
            partitions.put(i, new OffsetRange(0, sizes[i]));
        }
        Extent extent = new Extent("cluster", "orders", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, partitions);
        Map<String, String> requested = new LinkedHashMap<>();
        requested.put("topic", "orders");
        requested.put("page-size", "1GiB");
        requested.put("format", "parquet");
        Map<String, String> resolved = Map.of("page-size", "10");
        PinnedOptions options = new PinnedOptions(requested, resolved, Map.of("format", "parquet"));
        return new Checkpoint.Start(
                extent,
                options,
                NAMING,
                NOON,
                Compaction.NO,
                List.of(),
                PageToken.first(extent, Direction.ASC, 10, 5),
                null);
    }

    public static Checkpoint.Start start() {
        return start(5, 8);
    }

    /** Page 1 of {@link #start()}. */
    public static Checkpoint.PageCommit pageCommit() {
        Page page = Paginator.plan(start().next());
        List<DataFile> files = filesOf(page);
        return new Checkpoint.PageCommit(files, gapsOf(files), Totals.NONE.plus(files, 0), page.next());
    }

    /** Offsets 2 and 3 of partition 1 of {@link #start()}, when nothing is committed. */
    static Checkpoint.Loss loss() {
        return new Checkpoint.Loss(List.of(new LostRange(1, new OffsetRange(2, 4))), Totals.NONE.plusLost(2));
    }

    private static SortedMap<Integer, Long> gapsOf(List<DataFile> files) {
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        files.forEach(file -> gaps.merge(file.slice().partition(), 1L, Long::sum));
        return gaps;
    }

    public static List<DataFile> filesOf(Page page) {
        return page.slices().stream().map(Entries::fileOf).toList();
    }

    /** The file of a slice whose last offset, if it has any, is a gap. */
    public static DataFile fileOf(Slice slice) {
        long records = Math.max(0, slice.range().size() - 1);
        FileContent.Bounds bounds = records == 0
                ? null
                : new FileContent.Bounds(slice.range().start(), slice.range().end() - 2, 1000, 2000);
        return DataFile.of(
                slice,
                new PublishedFile(
                        NAMING.nameOf(slice), new FileContent(records, bounds), 100, "crc32c:00000000", 0, false),
                0,
                null);
    }

    /** The last entry of an export whose extent has that many offsets, each with a record. */
    public static Checkpoint.Complete complete(long size) {
        return new Checkpoint.Complete(new Totals(1, 2, size, 0, 4, size, 0, 0, 0, 0, 0));
    }

    static Checkpoint entry(long sequence, String previous, Checkpoint.Body body) {
        return new Checkpoint(sequence, "export", "orders", ORIGIN, NOON, previous, EntryLinks.NONE, body);
    }

    static List<byte[]> oneOfEveryKind() {
        return List.of(
                CheckpointCodec.encode(entry(0, "", start())),
                CheckpointCodec.encode(entry(1, "sha256:00", pageCommit())),
                CheckpointCodec.encode(entry(2, "sha256:01", loss())),
                CheckpointCodec.encode(entry(
                        3,
                        "sha256:02",
                        new Checkpoint.Schemas(
                                List.of(new MetSchema("value", "77", "orders-value", "abc")), Totals.NONE))),
                CheckpointCodec.encode(
                        entry(4, "sha256:03", new Checkpoint.Complete(new Totals(1, 2, 3, 0, 4, 5, 6, 7, 0, 0, 0)))));
    }

    /** An entry whose content was changed, with a checksum that is right again. */
    public static byte[] sealedAnew(String entry) {
        return sealed(entry.substring(0, entry.length() - SEAL_LENGTH) + "}");
    }

    /** A JSON object with a checksum of itself behind its last member. */
    static byte[] sealed(String json) {
        String open = json.endsWith("}") ? json.substring(0, json.length() - 1) : json;
        byte[] bytes = open.getBytes(UTF_8);
        return (open + ",\"checksum\":\"" + CheckpointCodec.checksum(bytes, bytes.length) + "\"}\n").getBytes(UTF_8);
    }
}
