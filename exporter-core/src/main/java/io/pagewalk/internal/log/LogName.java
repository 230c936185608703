package io.pagewalk.internal.log;

/**
 * Which log is meant, wherever logs are kept: of which export, in which generation, of which run of a series.
 *
 * @param exportId the export
 * @param generation which of the topic's exports into its output it is, from 1
 * @param run which run of the series, from 1
 */
public record LogName(String exportId, int generation, int run) {
    private static final int FIRST_RUN = 1;

    /** The log of an export that is no series. */
    public static LogName of(String exportId, int generation) {
        return new LogName(exportId, generation, FIRST_RUN);
    }

    /** The log of that {@link #toString() text}. Export ids have no {@code /}. */
    public static LogName parse(String text) {
        String[] parts = text.split("/", -1);
        return new LogName(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** {@code EXPORT-ID/GENERATION/RUN}: the beginning of its keys in a topic. */
    @Override
    public String toString() {
        return exportId + "/" + generation + "/" + run;
    }
}
