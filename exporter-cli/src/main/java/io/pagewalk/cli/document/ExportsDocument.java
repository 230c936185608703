package io.pagewalk.cli.document;

import io.pagewalk.cli.failure.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command prints with {@code --json} of the exports of many topics.
 *
 * @param exitCode the gravest
 * @param output what the exports are in, or null if there are none yet
 * @param exports in the order of the topics' names
 */
public record ExportsDocument(int exitCode, @Nullable String output, List<Record> exports) {
    /**
     * Of one topic.
     *
     * @param error why nothing can be said, or null
     * @param export what the command prints of one export, or null
     */
    public record One(
            String topic,
            int exitCode,
            @Nullable String error,
            @Nullable Record export) {}

    /** Of all. */
    public static ExportsDocument of(ExitCode code, @Nullable String output, List<One> all) {
        return new ExportsDocument(code.code(), output, List.copyOf(all));
    }
}
