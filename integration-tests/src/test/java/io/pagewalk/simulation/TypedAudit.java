package io.pagewalk.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is on record of schemas that were met, and whether files are there that may not be there yet. */
record TypedAudit(TypedSimulation simulation) {
    /** What is on record of an id that nobody knew. */
    static final String UNKNOWN = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "_pagewalk/" + SimulatedExport.ID + "/1/";
    private static final Pattern ENTRY = Pattern.compile(METADATA + "1/[0-9]{20}\\.json");
    private static final Pattern SLICE = Pattern.compile(
            "(?:" + METADATA + "dead-letters/)?" + SimulatedTopic.NAME + "-([0-9]+)-([0-9]{20})-([0-9]{20})-1-.*");

    /** By the ids, the digests of the schemas that they stand for, or that nobody knew them. */
    static SortedMap<Integer, String> onRecord(SortedMap<String, byte[]> files, String description) {
        SortedMap<Integer, String> facts = new TreeMap<>();
        files.forEach((name, bytes) -> {
            if (ENTRY.matcher(name).matches()) {
                for (JsonNode met : read(bytes).path("met")) {
                    String before =
                            facts.put(met.get("id").asInt(), met.path("schema").asText(UNKNOWN));
                    assertThat(before)
                            .as("%s: what was on record of %s before", description, met)
                            .isNull();
                }
            }
        });
        return facts;
    }

    /** Checks that what files depend on is there, in whatever state an export is. Returns how many depend on what was met. */
    int assertInOrder(SortedMap<String, byte[]> files, String description) {
        SortedMap<Integer, String> facts = onRecord(files, description);
        for (Map.Entry<Integer, String> fact : facts.entrySet()) {
            if (!fact.getValue().equals(UNKNOWN)) {
                assertThat(files.keySet())
                        .as("%s: the schema of id %d", description, fact.getKey())
                        .contains(METADATA + "schemas/" + fact.getValue() + ".json");
            }
        }
        int dependent = 0;
        for (String name : files.keySet()) {
            Matcher slice = SLICE.matcher(name);
            if (slice.matches()) {
                var met = simulation.met(
                        Integer.parseInt(slice.group(1)),
                        Long.parseLong(slice.group(2)),
                        Long.parseLong(slice.group(3)));
                assertThat(facts.keySet())
                        .as("%s: ids on record that %s depends on", description, name)
                        .containsAll(met);
                dependent += met.isEmpty() ? 0 : 1;
            }
        }
        return dependent;
    }

    private static JsonNode read(byte[] entry) {
        try {
            return JSON.readTree(new String(entry, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
