package io.pagewalk.internal.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.CheckpointCodec;
import io.pagewalk.internal.log.CheckpointReader;
import io.pagewalk.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;

/** The small files beside a log: one JSON object each, published once. */
final class SmallJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private SmallJson() {}

    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Publishes a file.
     *
     * @return whether it was; not, if there is one of that name already
     */
    static boolean publish(Storage output, String name, Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("pagewalk", CheckpointCodec.VERSION);
            fields.write(json);
            json.writeEndObject();
        }
        try (Storage.PendingFile file = output.create(name)) {
            file.stream().write(bytes.toByteArray());
            file.publish();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * Reads a file back.
     *
     * @param topic that it has to be of
     * @throws UsageException if it is damaged, of another topic, or of another version
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    static JsonNode read(Storage output, String name, String topic) throws IOException {
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
        JsonNode version = object.path("pagewalk");
        if (!version.isIntegralNumber()) {
            throw damaged(place, "it does not name its version");
        }
        if (version.longValue() != CheckpointCodec.VERSION) {
            throw new UsageException(place + " has version " + version + ", this program reads "
                    + CheckpointCodec.VERSION + ": use the version that wrote it");
        }
        if (!object.path("topic").asText().equals(topic)) {
            throw damaged(place, "it is not of topic " + topic);
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
