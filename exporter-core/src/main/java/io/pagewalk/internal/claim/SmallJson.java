package io.pagewalk.internal.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.Advice;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.CheckpointReader;
import io.pagewalk.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.Set;

/** The small files beside a log: one JSON object each, published once. */
final class SmallJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String VERSION = "pagewalk";
    private static final String TOPIC = "topic";
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private SmallJson() {}

    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Publishes a file.
     *
     * @param version that of what it says
     * @return whether it was; not, if there is one of that name already
     */
    static boolean publish(Storage output, String name, int version, Fields fields) throws IOException {
        byte[] content = encode(version, fields);
        try (Storage.PendingFile file = output.create(name)) {
            file.stream().write(content);
            file.publish();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** What {@link #publish} publishes. */
    static byte[] encode(int version, Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField(VERSION, version);
            fields.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a file back.
     *
     * @param topic that it has to be of
     * @param known the version that this program reads
     * @param members what it may have besides its version and topic
     * @throws NewerVersionException if it has a later version
     * @throws UsageException if it is damaged, or of another topic
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    static JsonNode read(Storage output, String name, String topic, int known, Set<String> members) throws IOException {
        String place = output.location() + "/" + name;
        JsonNode object;
        try (SeekableByteChannel channel = output.open(name)) {
            if (channel.size() > MAX_BYTES) {
                throw damaged(place, "it has " + channel.size() + " bytes");
            }
            object = CheckpointReader.JSON.readTree(Channels.newInputStream(channel));
        } catch (JacksonException e) {
            throw new UsageException(place + " is damaged: it is no JSON", Advice.RESTORE_THE_LOG, e);
        }
        JsonNode version = object.path(VERSION);
        if (!version.isIntegralNumber()) {
            throw damaged(place, "it does not name its version");
        }
        if (version.canConvertToLong() && version.longValue() > known) {
            throw NewerVersionException.of(place, "it has version " + version, Integer.toString(known));
        }
        if (!version.canConvertToLong() || version.longValue() != known) {
            throw damaged(place, "there is no version such as it names");
        }
        if (!object.path(TOPIC).asText().equals(topic)) {
            throw damaged(place, "it is not of topic " + topic);
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String member = names.next();
            if (!member.equals(VERSION) && !member.equals(TOPIC) && !members.contains(member)) {
                throw damaged(place, "it has a member that is unknown");
            }
        }
        return object;
    }

    /** A member that has to be a string. */
    static String text(JsonNode object, String member, String place) {
        JsonNode value = object.path(member);
        if (!value.isTextual()) {
            throw damaged(place, "its member '" + member + "' is missing or no string");
        }
        return value.textValue();
    }

    static UsageException damaged(String place, String what) {
        return new UsageException(place + " is damaged: " + what, Advice.RESTORE_THE_LOG);
    }
}
