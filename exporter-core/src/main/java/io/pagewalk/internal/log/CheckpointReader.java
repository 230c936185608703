package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Origin;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.InvalidTokenException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.model.TopicNames;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Reads entries back, strictly: an entry that this program did not write, or that changed since, is refused by name. */
public final class CheckpointReader {
    public static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(8)
                        .maxStringLength(32 * 1024 * 1024)
                        .build());
    }

    private static final int MAX_REASON = 200;

    private CheckpointReader() {}

    /** The checksum an entry carries of itself; only that of an entry {@link #decode} has accepted means anything. */
    public static String checksumOf(byte[] entry) {
        return CheckpointCodec.checksum(entry, sealAt(entry));
    }

    /**
     * Reads an entry.
     *
     * @param place the entry as messages name it
     * @throws UsageException if the entry is damaged or of another version
     */
    public static Checkpoint decode(byte[] entry, String place) {
        int seal = sealAt(entry);
        if (seal < 0) {
            throw damaged(place, "it does not end with its checksum");
        }
        String expected = CheckpointCodec.CHECKSUM_MEMBER + CheckpointCodec.checksum(entry, seal) + "\"}\n";
        if (!new String(entry, seal, entry.length - seal, StandardCharsets.UTF_8).equals(expected)) {
            throw damaged(place, "its checksum does not match its content");
        }
        try {
            return checkpoint(new JsonFields(JSON.readTree(entry)), place);
        } catch (IOException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeParseException
                | InvalidTokenException e) {
            throw new UsageException(place + " is damaged: " + firstLine(e), Advice.RESTORE_THE_LOG, e);
        }
    }

    private static UsageException damaged(String place, String what) {
        return new UsageException(place + " is damaged: " + what, Advice.RESTORE_THE_LOG);
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        // Some repeat what they do not understand, which may be megabytes.
        return message.substring(0, Math.min(MAX_REASON, end < 0 ? message.length() : end));
    }

    private static int sealAt(byte[] entry) {
        byte[] member = CheckpointCodec.CHECKSUM_MEMBER.getBytes(StandardCharsets.US_ASCII);
        int sealLength = member.length + "sha256:".length() + 64 + "\"}\n".length();
        return Math.max(-1, entry.length - sealLength);
    }

    private static Checkpoint checkpoint(JsonFields fields, String place) {
        if (fields.number("pagewalk") != CheckpointCodec.VERSION) {
            throw new UsageException(place + " has version " + fields.number("pagewalk") + ", this program reads "
                    + CheckpointCodec.VERSION + ": use the version that wrote it");
        }
        String topic = fields.text("topic");
        if (!TopicNames.isValid(topic)) {
            throw new IllegalArgumentException("its topic is not a topic name");
        }
        return new Checkpoint(
                fields.number("sequence"),
                fields.text("export"),
                topic,
                new Origin(fields.text("run"), fields.text("host"), fields.number("process")),
                Instant.parse(fields.text("committedAt")),
                fields.text("previous"),
                fields.number("lastPage"),
                fields.number("lastLoss"),
                body(fields, topic, place));
    }

    private static Checkpoint.Body body(JsonFields fields, String topic, String place) {
        String kind = fields.text("kind");
        return switch (kind) {
            case "start" ->
                new Checkpoint.Start(
                        extent(fields.object("extent"), topic),
                        new PinnedOptions(
                                fields.object("options").map(),
                                fields.object("resolved").map(),
                                fields.object("fileSettings").map()),
                        new FileNaming(
                                Math.toIntExact(fields.number("generation")),
                                fields.text("digest"),
                                fields.text("extension")),
                        Instant.parse(fields.text("frozenAt")),
                        compaction(fields),
                        openTransactions(fields),
                        PageToken.parse(fields.text("next")),
                        fields.has("deadLettersOf") ? deadLettersOf(fields.object("deadLettersOf")) : null);
            case "page" ->
                new Checkpoint.PageCommit(
                        files(fields, topic), gaps(fields), totals(fields), PageToken.parse(fields.text("next")));
            case "loss" -> new Checkpoint.Loss(lost(fields), totals(fields));
            case "complete" -> new Checkpoint.Complete(totals(fields));
            default ->
                // Its checksum is right, so somebody meant it.
                throw new UsageException(
                        place + " is of a kind that this program does not know: use the version that" + " wrote it");
        };
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
            if (cursor[3] != CheckpointCodec.NO_EPOCH) {
                epochs.put(partition, Math.toIntExact(cursor[3]));
            }
        }
        IsolationLevel isolation =
                IsolationLevel.valueOf(fields.text("isolation").toUpperCase(Locale.ROOT));
        return new Extent(
                fields.text("cluster"), topic, Uuid.fromString(fields.text("topicId")), isolation, partitions, epochs);
    }

    private static Compaction compaction(JsonFields fields) {
        if (fields.isNull("compacted")) {
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
        List<LostRange> lost = fields.numbers("lost", 3).stream()
                .map(range -> new LostRange(Math.toIntExact(range[0]), new OffsetRange(range[1], range[2])))
                .toList();
        if (lost.isEmpty()) {
            throw new IllegalArgumentException("it records a loss of nothing");
        }
        return lost;
    }

    private static List<DataFile> files(JsonFields fields, String topic) {
        return fields.objects("files").stream().map(file -> file(file, topic)).toList();
    }

    private static DataFile file(JsonFields fields, String topic) {
        TopicPartition partition = new TopicPartition(topic, Math.toIntExact(fields.number("partition")));
        Slice slice = new Slice(partition, new OffsetRange(fields.number("start"), fields.number("end")));
        String name = fields.text("path");
        if (!DataFileName.parse(name).filter(parsed -> parsed.isOfSlice(slice)).isPresent()) {
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
        JsonFields totals = fields.object("totals");
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
