package io.pagewalk.internal.schema.merge;

import java.util.List;

/**
 * What one type of records of a topic looked like, and looks like.
 *
 * @param name what tells it from the topic's other types
 * @param versions at least one, oldest first
 */
public record SchemaSubject(String name, List<SchemaVersion> versions) {
    /** Keeps a copy. */
    public SchemaSubject {
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException(name + " has no version");
        }
    }
}
