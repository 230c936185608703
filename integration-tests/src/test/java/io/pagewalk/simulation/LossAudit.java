package io.pagewalk.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.model.OffsetRange;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the data files of an export that goes on without what is lost with those of one that lost nothing. JSONL only.
 */
final class LossAudit {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOG = "_pagewalk/" + SimulatedExport.ID + "/1/1/";

    /** The lines of the files that lost nothing, by file and offset. */
    private final Map<String, SortedMap<Long, String>> complete = new HashMap<>();

    private final SimulatedTopic topic;
    private final SortedMap<String, byte[]> firstPublished = new TreeMap<>();

    LossAudit(SimulatedTopic topic, SortedMap<String, byte[]> unharmed) {
        this.topic = topic;
        ExportAudit.dataFiles(unharmed).forEach((name, bytes) -> complete.put(name, lines(bytes)));
    }

    /**
     * Checks whatever is published by now, committed or not: a record is there as it was produced, or on record as lost by
     * now; what is on record as lost is gone; and no file has changed since it was first seen.
     */
    void check(SortedMap<String, byte[]> files, String description) {
        Map<Integer, BitSet> lost = lost(files, description);
        ExportAudit.dataFiles(files).forEach((name, bytes) -> {
            SortedMap<Long, String> expected = complete.get(name);
            assertThat(expected).as("%s: %s is planned", description, name).isNotNull();
            SortedMap<Long, String> missing = new TreeMap<>(expected);
            lines(bytes)
                    .forEach((offset, line) -> assertThat(missing.remove(offset))
                            .as("%s: %s, offset %d", description, name, offset)
                            .isEqualTo(line));
            int partition = Integer.parseInt(name.split("-", -1)[1]);
            missing.keySet()
                    .forEach(offset -> assertThat(
                                    lost.getOrDefault(partition, new BitSet()).get(offset.intValue()))
                            .as("%s: %s omits offset %d, which is on record as lost", description, name, offset)
                            .isTrue());
            byte[] first = firstPublished.putIfAbsent(name, bytes);
            assertThat(bytes)
                    .as("%s: %s as first published", description, name)
                    .isEqualTo(first == null ? bytes : first);
        });
    }

    /** A name that was visible before its directory was synced may be gone with the power, and be published anew. */
    void powerWasLost(SortedMap<String, byte[]> files) {
        firstPublished.keySet().retainAll(files.keySet());
    }

    /** How many offsets are on record as lost. */
    long lost(SortedMap<String, byte[]> files) {
        return lost(files, "").values().stream().mapToLong(BitSet::cardinality).sum();
    }

    private Map<Integer, BitSet> lost(SortedMap<String, byte[]> files, String description) {
        Map<Integer, BitSet> lost = new HashMap<>();
        files.forEach((name, bytes) -> {
            if (!name.startsWith(LOG) || name.indexOf('/', LOG.length()) >= 0) {
                return;
            }
            for (JsonNode range : read(bytes).path("lost")) {
                int partition = range.get(0).asInt();
                int start = range.get(1).asInt();
                int end = range.get(2).asInt();
                OffsetRange extent = topic.extent().partitions().get(partition);
                assertThat(extent.start() <= start && end <= extent.end())
                        .as("%s: %s in the extent", description, range)
                        .isTrue();
                assertThat(topic.logStart(partition))
                        .as("%s: %s is gone", description, range)
                        .isGreaterThanOrEqualTo(end);
                BitSet offsets = lost.computeIfAbsent(partition, p -> new BitSet());
                assertThat(offsets.get(start, end).isEmpty())
                        .as("%s: %s is lost once", description, range)
                        .isTrue();
                offsets.set(start, end);
            }
        });
        return lost;
    }

    private static SortedMap<Long, String> lines(byte[] file) {
        SortedMap<Long, String> lines = new TreeMap<>();
        new String(file, UTF_8)
                .lines()
                .forEach(line -> assertThat(lines.put(
                                read(line.getBytes(UTF_8)).get("offset").asLong(), line))
                        .as("twice: %s", line)
                        .isNull());
        return lines;
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(new String(json, UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
