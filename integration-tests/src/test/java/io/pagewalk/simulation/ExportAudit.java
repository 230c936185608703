package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** Looks at what an export left on its storage, with none of the code that wrote it. */
final class ExportAudit {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEAD_LETTERS = "/dead-letters/";
    private static final String SCHEMAS = "_pagewalk/" + SimulatedExport.ID + "/%d/schemas/%s.json";
    private static final String TOPIC = "_pagewalk/topic=" + SimulatedTopic.NAME + "/";

    private ExportAudit() {}

    /** The data files among all files, by name. */
    static SortedMap<String, byte[]> dataFiles(SortedMap<String, byte[]> files) {
        SortedMap<String, byte[]> data = new TreeMap<>(files);
        data.keySet().removeIf(name -> name.startsWith("_pagewalk/"));
        return data;
    }

    /** The files of dead letters, by name. */
    static SortedMap<String, byte[]> deadLetters(SortedMap<String, byte[]> files) {
        SortedMap<String, byte[]> letters = new TreeMap<>(files);
        letters.keySet().removeIf(name -> !name.contains(DEAD_LETTERS));
        return letters;
    }

    /** What was set aside, as {@code partition-offset}. */
    static Set<String> setAside(SortedMap<String, byte[]> files) throws IOException {
        Set<String> places = new TreeSet<>();
        for (byte[] lines : deadLetters(files).values()) {
            for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    JsonNode record = JSON.readTree(line);
                    places.add(record.get("partition").asInt() + "-"
                            + record.get("offset").asLong());
                }
            }
        }
        return places;
    }

    /**
     * Checks a complete export: an unbroken chain of checkpoints, pages that tile the extent, every file as its checkpoint
     * says, losses that add up, and nothing else in the output.
     */
    static void assertComplete(SortedMap<String, byte[]> files, Extent extent, String description) {
        try {
            check(files, extent, description);
        } catch (IOException e) {
            throw new UncheckedIOException(description, e);
        }
    }

    private static void check(SortedMap<String, byte[]> files, Extent extent, String description) throws IOException {
        SortedMap<String, byte[]> data = dataFiles(files);
        int generation = generation(files);
        Set<String> expected = new HashSet<>(Set.of(TOPIC + "claim-" + generation + ".json"));
        // A crash behind a schema's file leaves it, though it may come to nothing then.
        files.keySet().stream().filter(name -> name.contains("/schemas/")).forEach(expected::add);
        for (int deleted = 1; deleted < generation; deleted++) {
            expected.add(TOPIC + "deleted-" + deleted + ".json");
        }
        Map<Integer, SortedMap<Long, Long>> walked = new TreeMap<>();
        String previous = "";
        String kind = "";
        long records = 0;
        long lost = 0;
        long accounted = 0;
        for (int sequence = 0; files.containsKey(entry(generation, sequence)); sequence++) {
            expected.add(entry(generation, sequence));
            String text = new String(files.get(entry(generation, sequence)), StandardCharsets.UTF_8);
            JsonNode checkpoint = JSON.readTree(text);
            assertThat(checkpoint.get("sequence").asInt()).as(description).isEqualTo(sequence);
            assertThat(checkpoint.get("previous").asText()).as(description).isEqualTo(previous);
            previous = checkpoint.get("checksum").asText();
            assertThat(previous)
                    .as(description)
                    .isEqualTo(sha256(text.substring(0, text.lastIndexOf(",\"checksum\""))));
            kind = checkpoint.get("kind").asText();
            schemas(checkpoint)
                    .forEach(digest -> assertThat(files.keySet())
                            .as("%s: schema of entry %s", description, checkpoint.get("sequence"))
                            .contains(SCHEMAS.formatted(generation, digest)));
            for (JsonNode file : checkpoint.path("files")) {
                String path = file.get("path").asText();
                byte[] bytes = data.get(path);
                assertThat(bytes).as("%s: %s", description, path).isNotNull();
                assertThat(file.get("bytes").asInt())
                        .as("%s: %s", description, path)
                        .isEqualTo(bytes.length);
                assertThat(file.get("checksum").asText())
                        .as("%s: %s", description, path)
                        .isEqualTo(crc32c(bytes));
                expected.add(path);
                if (file.has("deadLetters")) {
                    String letters = "_pagewalk/" + SimulatedExport.ID + "/" + generation + DEAD_LETTERS
                            + path.substring(0, path.indexOf('.')) + ".jsonl";
                    expected.add(letters);
                    assertThat(files.get(letters))
                            .as("%s: %s", description, letters)
                            .isNotNull();
                    assertThat(file.get("deadLetters").get("checksum").asText())
                            .as("%s: %s", description, letters)
                            .isEqualTo(crc32c(files.get(letters)));
                }
                records += file.get("records").asLong();
                accounted += file.get("records").asLong()
                        + file.path("deadLetters").path("records").asLong()
                        + file.get("lost").asLong()
                        + file.path("elsewhere").asLong()
                        + file.get("gaps").asLong();
                Long clash = walked.computeIfAbsent(file.get("partition").asInt(), p -> new TreeMap<>())
                        .put(file.get("start").asLong(), file.get("end").asLong());
                assertThat(clash)
                        .as("%s: two files of one slice, %s", description, path)
                        .isNull();
            }
            for (JsonNode range : checkpoint.path("lost")) {
                lost += range.get(2).asLong() - range.get(1).asLong();
            }
            if (!kind.equals("start")) {
                assertThat(checkpoint.get("totals").get("lost").asLong())
                        .as("%s: lost by entry %d", description, sequence)
                        .isEqualTo(lost);
            }
            if (kind.equals("complete")) {
                assertThat(checkpoint.get("totals").get("records").asLong())
                        .as(description)
                        .isEqualTo(records);
            }
        }
        assertThat(kind).as("%s: the last entry", description).isEqualTo("complete");
        assertThat(accounted)
                .as("%s: each offset is a record, or set aside, or lost, or elsewhere, or a gap", description)
                .isEqualTo(extent.size());
        extent.partitions().forEach((partition, range) -> assertTiles(walked, partition, range, description));
        assertThat(files.keySet()).as("%s: all files", description).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The digests of all schemas that an entry names. */
    private static List<String> schemas(JsonNode entry) {
        List<String> digests = new ArrayList<>();
        for (JsonNode list : List.of(
                entry.path("met"),
                entry.path("schemas").path("met"),
                entry.path("schemas").path("key").path("versions"),
                entry.path("schemas").path("value").path("versions"))) {
            list.forEach(each -> {
                if (each.has("schema")) {
                    digests.add(each.get("schema").asText());
                }
            });
        }
        return digests;
    }

    private static int generation(SortedMap<String, byte[]> files) {
        int generation = 1;
        while (files.containsKey(TOPIC + "deleted-" + generation + ".json")) {
            generation++;
        }
        return generation;
    }

    private static void assertTiles(
            Map<Integer, SortedMap<Long, Long>> walked, int partition, OffsetRange range, String description) {
        long reached = range.start();
        for (Map.Entry<Long, Long> slice :
                walked.getOrDefault(partition, new TreeMap<>()).entrySet()) {
            assertThat(slice.getKey())
                    .as("%s: partition %d is tiled", description, partition)
                    .isEqualTo(reached);
            reached = slice.getValue();
        }
        assertThat(reached)
                .as("%s: partition %d is walked", description, partition)
                .isEqualTo(range.end());
    }

    private static String entry(int generation, int sequence) {
        return String.format(Locale.ROOT, "_pagewalk/%s/%d/1/%020d.json", SimulatedExport.ID, generation, sequence);
    }

    private static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return "crc32c:" + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String sha256(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
