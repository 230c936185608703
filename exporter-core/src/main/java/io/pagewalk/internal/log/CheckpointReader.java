package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            return new Fields(JSON.readTree(entry), place).checkpoint();
        } catch (IOException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeParseException
                | InvalidTokenException e) {
            throw new UsageException(place + " is damaged: " + firstLine(e), e);
        }
    }

    private static UsageException damaged(String place, String what) {
        return new UsageException(place + " is damaged: " + what);
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

    /** A JSON object whose members are asked for by name and type. */
    private record Fields(JsonNode node, String place) {
        Checkpoint checkpoint() {
            if (number("pagewalk") != CheckpointCodec.VERSION) {
                throw new UsageException(place + " has version " + number("pagewalk") + ", this program reads "
                        + CheckpointCodec.VERSION + ": use the version that wrote it");
            }
            String topic = text("topic");
            if (!TopicNames.isValid(topic)) {
                throw new IllegalArgumentException("its topic is not a topic name");
            }
            return new Checkpoint(
                    number("sequence"),
                    text("export"),
                    topic,
                    new Origin(text("run"), text("host"), number("process")),
                    Instant.parse(text("committedAt")),
                    text("previous"),
                    number("lastPage"),
                    number("lastLoss"),
                    body(topic));
        }

        private Checkpoint.Body body(String topic) {
            String kind = text("kind");
            return switch (kind) {
                case "start" ->
                    new Checkpoint.Start(
                            object("extent").extent(topic),
                            new PinnedOptions(
                                    object("options").map(),
                                    object("resolved").map(),
                                    object("fileSettings").map()),
                            new FileNaming(Math.toIntExact(number("generation")), text("digest"), text("extension")),
                            Instant.parse(text("frozenAt")),
                            compaction(),
                            openTransactions(),
                            PageToken.parse(text("next")),
                            node.has("deadLettersOf") ? object("deadLettersOf").deadLettersOf() : null);
                case "page" -> new Checkpoint.PageCommit(files(topic), gaps(), totals(), PageToken.parse(text("next")));
                case "loss" -> new Checkpoint.Loss(lost(), totals());
                case "complete" -> new Checkpoint.Complete(totals());
                default ->
                    // Its checksum is right, so somebody meant it.
                    throw new UsageException(place
                            + " is of a kind that this program does not know: use the version that" + " wrote it");
            };
        }

        private DeadLettersOf deadLettersOf() {
            return new DeadLettersOf(
                    text("export"), Math.toIntExact(number("generation")), text("checksum"), number("records"));
        }

        private Extent extent(String topic) {
            SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
            SortedMap<Integer, Integer> epochs = new TreeMap<>();
            for (long[] cursor : numbers("partitions", 4)) {
                int partition = Math.toIntExact(cursor[0]);
                if (partitions.put(partition, new OffsetRange(cursor[1], cursor[2])) != null) {
                    throw new IllegalArgumentException("a partition of its extent stands twice");
                }
                if (cursor[3] != CheckpointCodec.NO_EPOCH) {
                    epochs.put(partition, Math.toIntExact(cursor[3]));
                }
            }
            IsolationLevel isolation = IsolationLevel.valueOf(text("isolation").toUpperCase(Locale.ROOT));
            return new Extent(text("cluster"), topic, Uuid.fromString(text("topicId")), isolation, partitions, epochs);
        }

        private Compaction compaction() {
            if (node.path("compacted").isNull()) {
                return Compaction.UNKNOWN;
            }
            return bool("compacted") ? Compaction.YES : Compaction.NO;
        }

        private List<PartitionState> openTransactions() {
            return numbers("openTransactions", 4).stream()
                    .map(open -> new PartitionState(Math.toIntExact(open[0]), open[1], open[2], open[3]))
                    .toList();
        }

        private SortedMap<Integer, Long> gaps() {
            SortedMap<Integer, Long> gaps = new TreeMap<>();
            for (long[] partition : numbers("gaps", 2)) {
                if (gaps.put(Math.toIntExact(partition[0]), partition[1]) != null) {
                    throw new IllegalArgumentException("the gaps of a partition stand twice");
                }
            }
            return gaps;
        }

        private List<LostRange> lost() {
            List<LostRange> lost = numbers("lost", 3).stream()
                    .map(range -> new LostRange(Math.toIntExact(range[0]), new OffsetRange(range[1], range[2])))
                    .toList();
            if (lost.isEmpty()) {
                throw new IllegalArgumentException("it records a loss of nothing");
            }
            return lost;
        }

        private List<DataFile> files(String topic) {
            List<DataFile> files = new ArrayList<>();
            for (JsonNode element : array("files")) {
                files.add(new Fields(element, place).file(topic));
            }
            return files;
        }

        private DataFile file(String topic) {
            TopicPartition partition = new TopicPartition(topic, Math.toIntExact(number("partition")));
            Slice slice = new Slice(partition, new OffsetRange(number("start"), number("end")));
            String name = text("path");
            if (!DataFileName.parse(name)
                    .filter(parsed -> parsed.isOfSlice(slice))
                    .isPresent()) {
                throw new IllegalArgumentException("a path in it is not the name of the file of " + slice);
            }
            long records = number("records");
            FileContent.Bounds bounds = records == 0
                    ? null
                    : new FileContent.Bounds(
                            number("firstOffset"),
                            number("lastOffset"),
                            number("minTimestamp"),
                            number("maxTimestamp"));
            return new DataFile(
                    slice,
                    name,
                    new FileContent(records, bounds),
                    number("lost"),
                    number("gaps"),
                    node.has("elsewhere") ? number("elsewhere") : 0,
                    number("bytes"),
                    text("checksum"),
                    number("outside"),
                    node.has("deadLetters") ? object("deadLetters").deadLetters() : null);
        }

        private DeadLetters deadLetters() {
            return new DeadLetters(number("records"), number("bytes"), text("checksum"));
        }

        private Totals totals() {
            Fields totals = object("totals");
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

        private Map<String, String> map() {
            Map<String, String> map = new LinkedHashMap<>();
            node.fieldNames().forEachRemaining(name -> map.put(name, text(name)));
            return map;
        }

        private Fields object(String name) {
            JsonNode value = node.path(name);
            if (!value.isObject()) {
                throw new IllegalArgumentException("its member '" + name + "' is missing or no object");
            }
            return new Fields(value, place);
        }

        private JsonNode array(String name) {
            JsonNode value = node.path(name);
            if (!value.isArray()) {
                throw new IllegalArgumentException("its member '" + name + "' is missing or no array");
            }
            return value;
        }

        private String text(String name) {
            JsonNode value = node.path(name);
            if (!value.isTextual()) {
                throw new IllegalArgumentException("its member '" + name + "' is missing or no string");
            }
            return value.textValue();
        }

        private long number(String name) {
            JsonNode value = node.path(name);
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new IllegalArgumentException("its member '" + name + "' is missing or no integer");
            }
            return value.longValue();
        }

        private boolean bool(String name) {
            JsonNode value = node.path(name);
            if (!value.isBoolean()) {
                throw new IllegalArgumentException("its member '" + name + "' is missing or no boolean");
            }
            return value.booleanValue();
        }

        /** An array of arrays of {@code count} integers each. */
        private List<long[]> numbers(String name, int count) {
            List<long[]> rows = new ArrayList<>();
            for (JsonNode element : array(name)) {
                if (!element.isArray() || element.size() != count) {
                    throw new IllegalArgumentException(
                            "its member '" + name + "' has an element that is not " + count + " integers");
                }
                long[] row = new long[count];
                for (int i = 0; i < count; i++) {
                    row[i] = whole(element.get(i), name);
                }
                rows.add(row);
            }
            return rows;
        }

        private static long whole(JsonNode value, String name) {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new IllegalArgumentException("its member '" + name + "' holds what is no integer");
            }
            return value.longValue();
        }
    }
}
