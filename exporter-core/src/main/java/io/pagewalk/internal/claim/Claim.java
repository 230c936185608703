package io.pagewalk.internal.claim;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.model.TopicNames;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Set;

/**
 * A topic's data files of one generation in an output belong to one export. Its claim says to which, and where the log is.
 *
 * @param exportId the export
 * @param generation which of the topic's exports into this output it is, from 1; each deletion begins the next one
 * @param checkpoints the log's place: as given, or empty for its usual place in the output, which may then be moved
 */
public record Claim(String exportId, int generation, String checkpoints) {
    /** Any change to what a claim says raises it, so that older programs refuse it. */
    private static final int VERSION = 1;

    private static final Set<String> MEMBERS = Set.of("export", "generation", "checkpoints");

    /** The logs that this export keeps. */
    public LogName log() {
        return new LogName(exportId, generation);
    }

    /** {@code of export orders, whose log is in /logs}, as messages show it. */
    @Override
    public String toString() {
        return "of export " + exportId + " (generation " + generation + "), whose log is in "
                + (checkpoints.isEmpty() ? "its usual place" : checkpoints);
    }

    /**
     * Publishes this claim.
     *
     * @return whether it was; not, if there is one of this generation already
     */
    public boolean publish(Storage output, String topic) throws IOException {
        return SmallJson.publish(output, OutputLayout.claim(topic, generation), VERSION, json -> {
            json.writeStringField("topic", topic);
            json.writeStringField("export", exportId);
            json.writeNumberField("generation", generation);
            json.writeStringField("checkpoints", checkpoints);
        });
    }

    /**
     * Reads the claim of a generation.
     *
     * @throws UsageException if it is damaged, or newer than this program
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static Claim read(Storage output, String topic, int generation) throws IOException {
        String name = OutputLayout.claim(topic, generation);
        String place = output.location() + "/" + name;
        JsonNode object = SmallJson.read(output, name, topic, VERSION, MEMBERS);
        Claim claim = new Claim(
                SmallJson.text(object, "export", place), generation, SmallJson.text(object, "checkpoints", place));
        if (object.path("generation").asInt() != generation) {
            throw SmallJson.damaged(place, "it is of another generation");
        }
        if (!TopicNames.isValid(claim.exportId)) {
            throw SmallJson.damaged(place, "what it names is no export");
        }
        return claim;
    }
}
