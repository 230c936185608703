package io.pagewalk.internal.log;

/**
 * Whose logs are meant, wherever logs are kept: one for each run of an export, in one generation of it.
 *
 * @param exportId the export
 * @param generation which of the topic's exports into its output it is, from 1
 */
public record LogName(String exportId, int generation) {
    /** The logs of that {@link #toString() text}. Export ids have no {@code /}. */
    public static LogName parse(String text) {
        String[] parts = text.split("/", -1);
        return new LogName(parts[0], Integer.parseInt(parts[1]));
    }

    /** {@code EXPORT-ID/GENERATION}: the beginning of their keys in a topic, and of their folders. */
    @Override
    public String toString() {
        return exportId + "/" + generation;
    }
}
