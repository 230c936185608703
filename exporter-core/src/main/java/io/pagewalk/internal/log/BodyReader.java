package io.pagewalk.internal.log;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.plan.TopicFacts.KeptGroups;
import io.pagewalk.plan.TopicFacts.Retention;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Reads what {@link BodyWriter} writes. What is not as it has to be is a {@link RuntimeException} that says what. */
public final class BodyReader {
    private BodyReader() {}

    /** @param topic that the entry is of */
    static Checkpoint.Body read(Checkpoint.Kind kind, JsonFields fields, String topic) {
        return switch (kind) {
            case START -> start(fields, topic);
            case PAGE -> page(fields, topic);
            case LOSS -> new Checkpoint.Loss(lost(fields), totals(fields));
            case SCHEMAS -> new Checkpoint.Schemas(SchemaFields.someMet(fields), totals(fields));
            case COMPLETE -> new Checkpoint.Complete(totals(fields));
        };
    }

    /**
     * What a start entry says.
     *
     * @param topic that the entry is of
     */
    public static Checkpoint.Start start(JsonFields fields, String topic) {
        Compaction compaction = compaction(fields);
        return new Checkpoint.Start(
                extent(fields.object("extent"), topic),
                new PinnedOptions(fields.map("options"), fields.map("resolved"), fields.map("fileSettings")),
                new FileNaming(
                        Math.toIntExact(fields.number("generation")),
                        fields.text("digest"),
                        fields.text("extension"),
                        fields.text("directory")),
                Instant.parse(fields.text("frozenAt")),
                compaction,
                openTransactions(fields),
                PageToken.parse(fields.text("next")),
                fields.has("deadLettersOf") ? deadLettersOf(fields.object("deadLettersOf")) : null,
                series(fields.object("series")),
                fields.has("topicFacts") ? topicFacts(fields.object("topicFacts"), compaction) : null,
                fields.has("schemas") ? SchemaFields.read(fields.object("schemas")) : null);
    }

    private static TopicFacts topicFacts(JsonFields fields, Compaction compaction) {
        return new TopicFacts(
                Math.toIntExact(fields.number("partitions")),
                Math.toIntExact(fields.number("replicationFactor")),
                fields.has("configs") ? fields.map("configs") : null,
                compaction,
                retention(fields),
                fields.has("groups") ? groups(fields.object("groups")) : null);
    }

    private static KeptGroups groups(JsonFields fields) {
        return new KeptGroups(fields.text("file"), fields.text("checksum"), Math.toIntExact(fields.number("count")));
    }

    private static Retention retention(JsonFields fields) {
        return new Retention(fields.number("retentionMs"), fields.number("retentionBytes"));
    }

    private static HeadRoom headRoom(JsonFields fields) {
        return new HeadRoom(
                Instant.parse(fields.text("at")),
                retention(fields),
                fields.has("oldest") ? fields.number("oldest") : null,
                fields.number("offsets"));
    }

    private static SeriesRun series(JsonFields fields) {
        int number = Math.toIntExact(fields.number("run"));
        if (number == 1) {
            return SeriesRun.FIRST;
        }
        JsonFields after = fields.object("after");
        return new SeriesRun(
                number,
                new SeriesRun.After(after.number("sequence"), after.text("checksum")),
                totals(fields, "before"),
                ranges(fields, "lostBefore"),
                headRoom(fields.object("headRoom")),
                Math.toIntExact(fields.number("lastMarked")));
    }

    private static Checkpoint.PageCommit page(JsonFields fields, String topic) {
        Checkpoint.PageCommit page = new Checkpoint.PageCommit(
                files(fields, topic), gaps(fields), totals(fields), PageToken.parse(fields.text("next")));
        long number = fields.number("page");
        if (number != page.page()) {
            throw new IllegalArgumentException(
                    "it is of page " + number + ", but its page token is the one behind page " + page.page());
        }
        return page;
    }

    private static DeadLettersOf deadLettersOf(JsonFields fields) {
        return new DeadLettersOf(
                fields.text("export"),
                Math.toIntExact(fields.number("generation")),
                fields.text("checksum"),
                fields.number("records"));
    }

    private static Extent extent(JsonFields fields, String topic) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        SortedMap<Integer, Integer> epochs = new TreeMap<>();
        for (long[] cursor : fields.numbers("partitions", 4)) {
            int partition = Math.toIntExact(cursor[0]);
            if (partitions.put(partition, new OffsetRange(cursor[1], cursor[2])) != null) {
                throw new IllegalArgumentException("a partition of its extent stands twice");
            }
            if (cursor[3] != BodyWriter.NO_EPOCH) {
                epochs.put(partition, Math.toIntExact(cursor[3]));
            }
        }
        IsolationLevel isolation =
                IsolationLevel.valueOf(fields.text("isolation").toUpperCase(Locale.ROOT));
        return new Extent(
                fields.text("cluster"), topic, Uuid.fromString(fields.text("topicId")), isolation, partitions, epochs);
    }

    private static Compaction compaction(JsonFields fields) {
        if (fields.takeNull("compacted")) {
            return Compaction.UNKNOWN;
        }
        return fields.bool("compacted") ? Compaction.YES : Compaction.NO;
    }

    private static List<PartitionState> openTransactions(JsonFields fields) {
        return fields.numbers("openTransactions", 4).stream()
                .map(open -> new PartitionState(Math.toIntExact(open[0]), open[1], open[2], open[3]))
                .toList();
    }

    private static SortedMap<Integer, Long> gaps(JsonFields fields) {
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        for (long[] partition : fields.numbers("gaps", 2)) {
            if (gaps.put(Math.toIntExact(partition[0]), partition[1]) != null) {
                throw new IllegalArgumentException("the gaps of a partition stand twice");
            }
        }
        return gaps;
    }

    private static List<LostRange> lost(JsonFields fields) {
        List<LostRange> lost = ranges(fields, "lost");
        if (lost.isEmpty()) {
            throw new IllegalArgumentException("it records a loss of nothing");
        }
        return lost;
    }

    /** What {@link BodyWriter#writeRanges} writes. */
    public static List<LostRange> ranges(JsonFields fields, String name) {
        return fields.numbers(name, 3).stream()
                .map(range -> new LostRange(Math.toIntExact(range[0]), new OffsetRange(range[1], range[2])))
                .toList();
    }

    private static List<DataFile> files(JsonFields fields, String topic) {
        return fields.objects("files").stream().map(file -> file(file, topic)).toList();
    }

    /**
     * What {@link BodyWriter#writeRange} writes.
     *
     * @param topic that the partition is of
     */
    public static Slice slice(JsonFields fields, String topic) {
        return new Slice(
                new TopicPartition(topic, Math.toIntExact(fields.number("partition"))),
                new OffsetRange(fields.number("start"), fields.number("end")));
    }

    /**
     * A file of a page.
     *
     * @param topic that the file is of
     */
    public static DataFile file(JsonFields fields, String topic) {
        Slice slice = slice(fields, topic);
        String name = fields.text("path");
        if (!DataFileName.ofPath(name).filter(parsed -> parsed.isOfSlice(slice)).isPresent()) {
            throw new IllegalArgumentException("a path in it is not the name of the file of " + slice);
        }
        long records = fields.number("records");
        FileContent.Bounds bounds = records == 0
                ? null
                : new FileContent.Bounds(
                        fields.number("firstOffset"),
                        fields.number("lastOffset"),
                        fields.number("minTimestamp"),
                        fields.number("maxTimestamp"));
        return new DataFile(
                slice,
                name,
                new FileContent(records, bounds),
                fields.number("lost"),
                fields.number("gaps"),
                fields.has("elsewhere") ? fields.number("elsewhere") : 0,
                fields.number("bytes"),
                fields.text("checksum"),
                fields.number("outside"),
                fields.has("deadLetters") ? deadLetters(fields.object("deadLetters")) : null);
    }

    private static DeadLetters deadLetters(JsonFields fields) {
        return new DeadLetters(fields.number("records"), fields.number("bytes"), fields.text("checksum"));
    }

    private static Totals totals(JsonFields fields) {
        return totals(fields, "totals");
    }

    static Totals totals(JsonFields fields, String name) {
        JsonFields totals = fields.object(name);
        return new Totals(
                totals.number("pages"),
                totals.number("files"),
                totals.number("records"),
                totals.number("setAside"),
                totals.number("bytes"),
                totals.number("offsets"),
                totals.number("gaps"),
                totals.number("lost"),
                totals.number("saved"),
                totals.number("outside"),
                totals.number("elsewhere"));
    }
}
