package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Origin;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.RandomExtents;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.plan.TopicFacts.KeptGroups;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries of every kind, with figures and texts of every sort. */
public final class RandomCheckpoints {
    private static final String[] TEXTS = {
        "",
        "a",
        "worker-3",
        "\"quoted\" \\ and / broken\n",
        "\u00fc\u00f1\u00ed \u20ac \ud83d\ude00",
        "\u0000\u001b",
        ",\"checksum\":\"sha256:"
    };

    private final Random random;

    public RandomCheckpoints(Random random) {
        this.random = random;
    }

    public Checkpoint checkpoint() {
        PageToken token = RandomExtents.firstToken(random);
        return new Checkpoint(
                number(),
                "export-" + text(),
                token.topic(),
                new Origin(text(), text(), random.nextInt()),
                instant(),
                text(),
                new EntryLinks(number(), number(), number()),
                body(token));
    }

    private Checkpoint.Body body(PageToken token) {
        return switch (token.isExhausted() ? 0 : random.nextInt(5)) {
            case 0 -> start(token, pick(Compaction.values()));
            case 1 -> pageCommit(Paginator.plan(token));
            case 2 -> new Checkpoint.Loss(lost(), totals());
            case 3 -> new Checkpoint.Schemas(met(), totals());
            default -> new Checkpoint.Complete(totals());
        };
    }

    private Checkpoint.Start start(PageToken token, Compaction compaction) {
        return new Checkpoint.Start(
                extent(token),
                new PinnedOptions(map(), map(), map()),
                naming(),
                instant(),
                compaction,
                openTransactions(),
                token,
                random.nextBoolean() ? null : new DeadLettersOf(text(), random.nextInt(), text(), number()),
                series(),
                random.nextBoolean()
                        ? null
                        : new TopicFacts(
                                random.nextInt(),
                                random.nextInt(),
                                random.nextBoolean() ? null : map(),
                                compaction,
                                retention(),
                                random.nextBoolean() ? null : groups()),
                random.nextBoolean()
                        ? null
                        : new PinnedSchemas(column(), column(), random.nextBoolean() ? List.of() : met()));
    }

    private PinnedSchemas.@Nullable Column column() {
        return random.nextBoolean()
                ? null
                : new PinnedSchemas.Column(
                        text(),
                        text(),
                        text(),
                        random.nextBoolean(),
                        text(),
                        Stream.generate(() -> new PinnedSchemas.Version(
                                        text(), text(), random.nextInt(1000), random.nextBoolean(), text()))
                                .limit(random.nextInt(3))
                                .toList());
    }

    private List<MetSchema> met() {
        return Stream.generate(() -> new MetSchema(text(), text(), text(), random.nextBoolean() ? null : text()))
                .limit(1 + random.nextInt(3))
                .toList();
    }

    private KeptGroups groups() {
        String name = String.format(Locale.ROOT, "%d-%016x.json", 1 + random.nextInt(1000), random.nextLong());
        return new KeptGroups("_pagewalk/export/1/groups/" + name, text(), random.nextInt(1000));
    }

    private SeriesRun series() {
        if (random.nextBoolean()) {
            return SeriesRun.FIRST;
        }
        int number = 2 + random.nextInt(1000);
        return new SeriesRun(
                number,
                new SeriesRun.After(number(), text()),
                totals(),
                random.nextBoolean() ? List.of() : lost(),
                new HeadRoom(instant(), retention(), random.nextBoolean() ? null : number(), number()),
                random.nextInt(number));
    }

    private TopicFacts.Retention retention() {
        return new TopicFacts.Retention(random.nextInt(3) - 2, number());
    }

    private Checkpoint.PageCommit pageCommit(Page page) {
        List<DataFile> files = page.slices().stream().map(this::file).toList();
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        files.forEach(file -> gaps.put(file.slice().partition(), number()));
        return new Checkpoint.PageCommit(files, gaps, totals(), page.next());
    }

    private List<PartitionState> openTransactions() {
        return Stream.generate(() -> new PartitionState(random.nextInt(100), number(), number(), number()))
                .limit(random.nextInt(3))
                .toList();
    }

    private List<LostRange> lost() {
        return Stream.generate(() -> {
                    long start = number() / 2;
                    return new LostRange(random.nextInt(100), new OffsetRange(start, start + 1 + number() / 2));
                })
                .limit(1 + random.nextInt(3))
                .toList();
    }

    private DataFile file(Slice slice) {
        long size = slice.range().size();
        long records = size == 0 || random.nextBoolean() ? 0 : random.nextLong(size) + 1;
        FileContent.Bounds bounds =
                records == 0 ? null : new FileContent.Bounds(number(), number(), -number(), Long.MAX_VALUE - number());
        PublishedFile file = new PublishedFile(
                naming().nameOf(slice), new FileContent(records, bounds), number(), text(), number(), false);
        long rest = size - records;
        DeadLetters letters =
                rest == 0 || random.nextBoolean() ? null : new DeadLetters(1 + random.nextLong(rest), number(), text());
        long aside = letters == null ? 0 : letters.records();
        long lost = random.nextLong(rest - aside + 1);
        long elsewhere = random.nextBoolean() ? 0 : random.nextLong(rest - aside - lost + 1);
        return DataFile.of(slice, file, lost, elsewhere, letters);
    }

    private FileNaming naming() {
        return new FileNaming(
                1 + random.nextInt(Integer.MAX_VALUE),
                String.format("%012x", random.nextLong() >>> 16),
                ".parquet",
                List.of("", "dt=2026-11-21", "dt=2026-11-21/hour=05", "month=2026-11")
                        .get(random.nextInt(4)));
    }

    private Extent extent(PageToken token) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        SortedMap<Integer, Integer> epochs = new TreeMap<>();
        for (int i = 0; i < token.partitionCount(); i++) {
            partitions.put(token.partition(i), token.remaining(i));
            if (random.nextBoolean()) {
                epochs.put(token.partition(i), random.nextInt(Integer.MAX_VALUE));
            }
        }
        return new Extent(
                token.clusterId(), token.topic(), token.topicId(), token.isolationLevel(), partitions, epochs);
    }

    private Totals totals() {
        return new Totals(
                number(), number(), number(), number(), number(), number(), number(), number(), number(), number(),
                number());
    }

    private Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text() + i, text());
        }
        return map;
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(100_000_000_000L), random.nextInt(1_000_000_000));
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private long number() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
