package io.pagewalk.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.TopicNames;
import io.pagewalk.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A topic's data files in an output belong to one export. Its claim says to which, and where the log is.
 *
 * @param exportId the export
 * @param checkpoints the log's place: as given, or empty for its usual place in the output, which may then be moved
 */
public record Claim(String exportId, String checkpoints) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_BYTES = 64 * 1024;
    private static final String FOLDER = "_pagewalk";
    private static final String TOPIC = "topic=";

    /** The claim's file. The folder has a sign that neither topics nor export ids can have, so it is no export's folder. */
    public static String name(String topic) {
        return FOLDER + "/" + TOPIC + topic + "/claim.json";
    }

    /** The claims on an output, by topic. */
    public static SortedMap<String, Claim> all(Storage output) throws IOException {
        SortedMap<String, Claim> claims = new TreeMap<>();
        for (String directory : output.listDirectories(FOLDER)) {
            String last = directory.substring(directory.lastIndexOf('/') + 1);
            if (last.startsWith(TOPIC)) {
                String topic = last.substring(TOPIC.length());
                find(output, topic).ifPresent(claim -> claims.put(topic, claim));
            }
        }
        return claims;
    }

    /**
     * The claim on a topic's files, made durable; empty if there is none.
     *
     * @throws UsageException if it is damaged
     */
    public static Optional<Claim> find(Storage output, String topic) throws IOException {
        String name = name(topic);
        try (SeekableByteChannel channel = output.open(name)) {
            Claim claim = read(channel, topic, output.location() + "/" + name);
            output.persist(name);
            return Optional.of(claim);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** {@code of export orders, whose log is in /logs}, as messages show it. */
    @Override
    public String toString() {
        return "of export " + exportId + ", whose log is in "
                + (checkpoints.isEmpty() ? "its usual place" : checkpoints);
    }

    /**
     * Publishes this claim.
     *
     * @return whether it was; not, if there is one already
     */
    boolean publish(Storage output, String topic) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("pagewalk", CheckpointCodec.VERSION);
            json.writeStringField("topic", topic);
            json.writeStringField("export", exportId);
            json.writeStringField("checkpoints", checkpoints);
            json.writeEndObject();
        }
        try (Storage.PendingFile file = output.create(name(topic))) {
            file.stream().write(bytes.toByteArray());
            file.publish();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Claim read(SeekableByteChannel channel, String topic, String place) throws IOException {
        if (channel.size() > MAX_BYTES) {
            throw new UsageException(place + " is no claim: it has " + channel.size() + " bytes");
        }
        JsonNode claim;
        try {
            claim = CheckpointReader.JSON.readTree(Channels.newInputStream(channel));
        } catch (JacksonException e) {
            throw new UsageException(place + " is damaged: it is no JSON", e);
        }
        JsonNode exportId = claim.path("export");
        JsonNode checkpoints = claim.path("checkpoints");
        JsonNode version = claim.path("pagewalk");
        if (!version.isIntegralNumber() || !exportId.isTextual() || !checkpoints.isTextual()) {
            throw new UsageException(place + " is damaged: it does not name its version, export and checkpoints");
        }
        if (version.longValue() != CheckpointCodec.VERSION) {
            throw new UsageException(place + " has version " + version + ", this program reads "
                    + CheckpointCodec.VERSION + ": use the version that wrote it");
        }
        if (!TopicNames.isValid(exportId.textValue())) {
            throw new UsageException(place + " is damaged: what it names is no export");
        }
        if (!claim.path("topic").asText().equals(topic)) {
            throw new UsageException(place + " is damaged: it is not of topic " + topic);
        }
        return new Claim(exportId.textValue(), checkpoints.textValue());
    }
}
