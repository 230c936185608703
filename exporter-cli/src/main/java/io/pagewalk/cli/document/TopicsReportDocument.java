package io.pagewalk.cli.document;

import io.pagewalk.cli.Version;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.text.Human;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.topics.TopicSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --report} writes of the exports of many topics.
 *
 * @param exitCode the gravest
 * @param error why the command failed as a whole, or null
 * @param exports what it writes of each topic's, in the order of their names
 */
public record TopicsReportDocument(
        String pagewalk,
        int exitCode,
        String outcome,
        @Nullable String error,
        String output,
        Topics topics,
        Run run,
        List<Record> exports) {
    /**
     * How many topics there are of each kind.
     *
     * @param missing those that were named, and are not there
     * @param nothingNew of those that are complete
     */
    record Topics(int selected, List<String> missing, int complete, int nothingNew, int stopped, int failed) {}

    /** What this command did. */
    record Run(
            String startedAt,
            String endedAt,
            long durationMs,
            long recordsRead,
            long bytesRead,
            double megabytesPerSecond) {}

    /** A topic whose export has not begun. */
    record NotBegun(
            int exitCode, String outcome, @Nullable String error, String exportId, String topic, String output) {}

    /** Of a topic whose export has not begun. */
    public static Record notBegun(String topic, DirectoryLocation output, ExitCode code, @Nullable String error) {
        return new NotBegun(code.code(), "not-begun", error, topic, topic, output.toString());
    }

    /**
     * Of all.
     *
     * @param codes of each topic that is done with
     * @param records that were read
     * @param bytes their keys, values and headers
     * @param documents of each of them
     */
    public static TopicsReportDocument of(
            ExitCode code,
            @Nullable String error,
            DirectoryLocation output,
            Instant startedAt,
            Duration elapsed,
            TopicSelection.Chosen chosen,
            SortedMap<String, ExitCode> codes,
            int nothingNew,
            long records,
            long bytes,
            SortedMap<String, Record> documents) {
        int complete = count(codes, ExitCode.COMPLETE) + count(codes, ExitCode.COMPLETE_WITH_EXCEPTIONS);
        int stopped = count(codes, ExitCode.STOPPED);
        return new TopicsReportDocument(
                Version.get(),
                code.code(),
                code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                error,
                output.toString(),
                new Topics(
                        chosen.topics().size(),
                        chosen.missing(),
                        complete,
                        nothingNew,
                        stopped,
                        codes.size() - complete - stopped),
                new Run(
                        startedAt.toString(),
                        Instant.now().toString(),
                        elapsed.toMillis(),
                        records,
                        bytes,
                        Human.megabytesPerSecond(bytes, elapsed)),
                List.copyOf(documents.values()));
    }

    private static int count(SortedMap<String, ExitCode> codes, ExitCode code) {
        return (int) codes.values().stream().filter(code::equals).count();
    }
}
