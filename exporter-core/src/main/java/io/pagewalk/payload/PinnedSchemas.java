package io.pagewalk.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the typed columns of an export were made of when it began; at least one of the two.
 *
 * @param key null if keys have no column of parts
 * @param value null if values have none
 * @param met what ids stand for that runs before of a series have met
 */
public record PinnedSchemas(@Nullable Column key, @Nullable Column value, List<MetSchema> met) {
    /** Keeps a copy. */
    public PinnedSchemas {
        met = List.copyOf(met);
    }

    /** Those of the next run of a series: the same, and what was found since; unknown ids are asked for again. */
    public static @Nullable PinnedSchemas next(@Nullable PinnedSchemas pinned, List<MetSchema> since) {
        return pinned == null
                ? null
                : pinned.with(since.stream().filter(one -> one.digest() != null).toList());
    }

    /** The same, and what was met since. */
    public PinnedSchemas with(List<MetSchema> since) {
        List<MetSchema> all = new ArrayList<>(met);
        since.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return new PinnedSchemas(key, value, all);
    }

    /** What the bytes of files depend on, by names that stay the same. */
    public SortedMap<String, String> shape() {
        SortedMap<String, String> shape = new TreeMap<>();
        addShape(shape, "key", key);
        addShape(shape, "value", value);
        return shape;
    }

    private static void addShape(SortedMap<String, String> shape, String name, @Nullable Column column) {
        if (column != null) {
            shape.put(name + ".frame", column.frame());
            shape.put(name + ".context", column.context());
            shape.put(name + ".message", column.message());
            if (column.refusesUnknown()) {
                shape.put(name + ".unknown", "bad");
            }
            shape.put(name + ".table", column.table());
            for (Version version : column.versions()) {
                shape.put(name + ".id." + version.id(), version.digest());
            }
        }
    }

    /** The column of that name, or null. */
    public @Nullable Column column(String name) {
        return switch (name) {
            case "key" -> key;
            case "value" -> value;
            default -> null;
        };
    }

    /**
     * A typed column.
     *
     * @param frame what says in each payload which schema it is of, by its name; empty if nothing does
     * @param context which of a registry's contexts ids are of; empty for the default one
     * @param refusesUnknown whether a payload is bad that has fields which its Protobuf schema does not have
     * @param table the digest of the column's text, by which its file is called
     * @param message which message of a Protobuf schema payloads are, or several with commas between; empty for its first one
     * @param versions all that were known, those of a subject oldest first
     */
    public record Column(
            String frame,
            String context,
            String message,
            boolean refusesUnknown,
            String table,
            List<Version> versions) {
        /** Keeps a copy. */
        public Column {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A version of a schema.
     *
     * @param id as frames have it; empty if none has
     * @param subject what it is a version of; empty if it is a file
     * @param number which version, from 1; 0 if it is a file
     * @param merged whether the column was made of it, or its payloads are read into a column of others
     * @param digest of its text and all that it refers to, by which its file is called
     */
    public record Version(String id, String subject, int number, boolean merged, String digest) {}
}
