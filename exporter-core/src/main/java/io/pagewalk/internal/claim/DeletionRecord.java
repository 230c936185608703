package io.pagewalk.internal.claim;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.InvalidTokenException;
import io.pagewalk.model.PageToken;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says for good that a generation was deleted. It is there before anything is removed, and it stays: whoever belongs to that
 * generation and looks again finds it, and a later export can tell what of the generation was never committed.
 *
 * @param generation the one that was deleted
 * @param exportId the export, or empty where nothing tells
 * @param digest that of its data files' names, or null if its log did not tell
 * @param begun the checksum of its first entry, or null if its log did not tell
 * @param next the token of what it had not committed, or null if its log did not tell
 */
public record DeletionRecord(
        int generation,
        String exportId,
        @Nullable String digest,
        @Nullable String begun,
        @Nullable PageToken next) {
    /** Any change to what a record says raises it, so that older programs refuse it. */
    private static final int VERSION = 1;

    private static final Set<String> MEMBERS = Set.of("generation", "export", "digest", "begun", "next");

    /**
     * Publishes this record.
     *
     * @return whether it was; not, if the generation was deleted before
     */
    public boolean publish(Storage output, String topic) throws IOException {
        return SmallJson.publish(output, OutputLayout.deletion(topic, generation), VERSION, json -> {
            json.writeStringField("topic", topic);
            json.writeNumberField("generation", generation);
            json.writeStringField("export", exportId);
            json.writeStringField("digest", digest);
            json.writeStringField("begun", begun);
            json.writeStringField("next", next == null ? null : next.encode());
        });
    }

    /**
     * Reads the record of a generation.
     *
     * @throws io.pagewalk.error.UsageException if it is damaged, or newer than this program
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    static DeletionRecord read(Storage output, String topic, int generation) throws IOException {
        String name = OutputLayout.deletion(topic, generation);
        String place = output.location() + "/" + name;
        JsonNode object = SmallJson.read(output, name, topic, VERSION, MEMBERS);
        try {
            String token = textOrNull(object, "next", place);
            return new DeletionRecord(
                    generation,
                    SmallJson.text(object, "export", place),
                    textOrNull(object, "digest", place),
                    textOrNull(object, "begun", place),
                    token == null ? null : PageToken.parse(token));
        } catch (NewerVersionException e) {
            throw e.within(place);
        } catch (InvalidTokenException e) {
            throw SmallJson.damaged(place, "its page token cannot be read: " + e.getMessage());
        }
    }

    private static @Nullable String textOrNull(JsonNode object, String member, String place) {
        return object.path(member).isNull() ? null : SmallJson.text(object, member, place);
    }

    /** Whether this shows that a file of the topic was never committed: what remained covers it. */
    boolean showsUncommitted(DataFileName file) {
        if (next == null || file.generation() != generation || !file.digest().equals(digest)) {
            return false;
        }
        for (int i = 0; i < next.partitionCount(); i++) {
            if (next.partition(i) == file.partition()) {
                return next.remaining(i).start() <= file.range().start()
                        && file.range().end() <= next.remaining(i).end();
            }
        }
        return false;
    }
}
