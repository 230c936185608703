package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.record.ByteView;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ids in a column's frames stand for. Safe for use by any number of threads. */
final class KnownSchemas {
    /** What is on record of an id without a digest, whyever. */
    static final String UNKNOWN = "the schema is unknown, or cannot be used";

    private static final String OTHER_SUBJECT = "the schema is of a subject that the table has no column for";
    private static final int NO_MESSAGE = -1;
    private static final String OTHER_MESSAGE = "the payload is of another message than the column";

    /**
     * What an id stands for.
     *
     * @param schema null if its payloads are bad
     * @param bindings those of its messages; likewise empty
     * @param problem why they are
     */
    record Known(ByteView id, @Nullable ParsedVersion schema, Map<Integer, Binding> bindings, String problem) {
        /** A reader of payloads with a frame. */
        FramedVersion forFrame(Frame frame) {
            if (schema == null) {
                return new FramedVersion(id, null, problem);
            }
            int message = schema.messageOf(frame).orElse(NO_MESSAGE);
            ParsedSchema parsed = schema.messages().get(message);
            Binding binding = bindings.get(message);
            return parsed == null || binding == null
                    ? new FramedVersion(id, null, OTHER_MESSAGE)
                    : new FramedVersion(id, parsed.reader(binding), "");
        }
    }

    /**
     * What payloads of one frame are read with; confined to one thread.
     *
     * @param reader null if they are bad
     * @param problem why they are
     */
    record FramedVersion(ByteView id, @Nullable VersionReader reader, String problem) {}

    private final String column;
    private final ColumnTable table;
    private final MessageChoice messages;
    private final SchemaFiles files;
    private final MeetsSchemas met;
    private final Map<String, Known> known = new HashMap<>();
    /** Asked for in vain, and not on record. */
    private final Set<String> unknown = new HashSet<>();

    /**
     * @param onRecord what was met before
     * @param met asked for what is not on record
     */
    KnownSchemas(
            String column,
            ColumnTable table,
            MessageChoice messages,
            SchemaFiles files,
            List<MetSchema> onRecord,
            MeetsSchemas met) {
        this.column = column;
        this.table = table;
        this.messages = messages;
        this.files = files;
        this.met = met;
        List<ColumnTable.Version> versions = table.versions();
        for (int i = 0; i < versions.size(); i++) {
            PinnedSchemas.Version pinned = versions.get(i).pinned();
            known.putIfAbsent(
                    pinned.id(), new Known(id(pinned.id()), versions.get(i).schema(), table.bindings(i), ""));
        }
        for (MetSchema one : onRecord) {
            if (one.column().equals(column)) {
                known.computeIfAbsent(one.id(), id -> later(one));
            }
        }
    }

    private static ByteView id(String text) {
        return ByteView.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What payloads with a frame are of. Threads wait for each other where an id is met that is not on record. */
    synchronized Known of(Frame frame) throws UnknownSchemaException {
        SchemaKey key = frame.key();
        String text = key.text();
        if (unknown.contains(text)) {
            throw new UnknownSchemaException();
        }
        Known found = known.get(text);
        if (found == null) {
            try {
                found = later(met.met(column, key));
            } catch (UnknownSchemaException e) {
                // Other threads need not wait as long for the same answer.
                unknown.add(text);
                throw e;
            }
            known.put(text, found);
        }
        return found;
    }

    private Known later(MetSchema one) {
        ByteView id = id(one.id());
        if (one.digest() == null) {
            return new Known(id, null, Map.of(), UNKNOWN);
        }
        try {
            ParsedVersion schema = ParsedVersion.parse(files.read(one.digest()), "schema " + one.id(), messages);
            Map<Integer, Binding> bindings = table.bindLater(one.subject(), schema);
            return bindings.isEmpty()
                    ? new Known(id, null, bindings, OTHER_SUBJECT)
                    : new Known(id, schema, bindings, "");
        } catch (SchemaRefusedException e) {
            return new Known(id, null, Map.of(), UNKNOWN);
        }
    }
}
