package io.pagewalk.internal.schema.own;

import io.pagewalk.internal.schema.column.ParsedVersion;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema that payloads are of, with a table for each of its messages that is met. Safe for use by any number of threads. */
public final class OwnSchema {
    /** Frames of garbage could name any number of messages. */
    private static final int MOST_MESSAGES = 100;

    private final RegisteredSchema schema;
    private final String subject;
    private final String label;
    private final long size;
    private final Map<String, Made> made = new HashMap<>();

    /** @param table null if there is none */
    private record Made(@Nullable OwnTable table) {}

    /**
     * @param subject what it is registered under; empty if that is not known
     * @param label what messages call it
     */
    public OwnSchema(RegisteredSchema schema, String subject, String label) {
        this.schema = schema;
        this.subject = subject;
        this.label = label;
        this.size =
                schema.all().stream().mapToLong(each -> each.text().length()).sum();
    }

    /** What language it is in. */
    public SchemaKind kind() {
        return schema.kind();
    }

    /** How much there is of it, in characters. */
    long size() {
        return size;
    }

    /**
     * What payloads with a frame are read into.
     *
     * @param message which message of a Protobuf schema they are if the frame does not say it; empty for the first one
     * @return null if the schema cannot be used
     */
    public synchronized @Nullable OwnTable table(Frame frame, String message) {
        String key = message + key(frame);
        Made found = made.get(key);
        if (found == null) {
            found = make(frame, message);
            if (made.size() < MOST_MESSAGES) {
                made.put(key, found);
            }
        }
        return found.table;
    }

    private Made make(Frame frame, String message) {
        try {
            return new Made(new OwnTable(ParsedVersion.one(schema, label, message, frame)));
        } catch (SchemaRefusedException e) {
            return new Made(null);
        }
    }

    private static String key(Frame frame) {
        StringBuilder key = new StringBuilder();
        if (frame.messageName() != null) {
            return key.append('=').append(frame.messageName()).toString();
        }
        for (int i = 0; i < frame.messageDepth(); i++) {
            key.append('/').append(frame.messageIndex(i));
        }
        return key.toString();
    }

    /** The full name of what payloads of a table are; that of a subject if the schema has none. */
    public String name(OwnTable table) {
        return table.name().isEmpty() ? subject : table.name();
    }
}
