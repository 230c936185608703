package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.Locations;
import io.pagewalk.RunFigures;
import io.pagewalk.cli.Exports;
import io.pagewalk.cli.Version;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.internal.progress.ThreadTimes.Activity;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.ExportPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDocumentTest {
    @TempDir
    private Path output;

    @Test
    void hasTheseMembers() throws IOException {
        new Exports(output).start("orders", "nightly", null);
        ExportState begun = new Exports(output).state("nightly");

        ReportDocument report =
                report(figures(begun, PlanDocumentTest.plan(Compaction.NO)), ExitCode.COMPLETE_WITH_EXCEPTIONS, null);

        assertThat(masked(report)).isEqualTo("""
                {
                  "pagewalk" : "VERSION",
                  "exitCode" : 8,
                  "outcome" : "complete-with-exceptions",
                  "error" : null,
                  "exportId" : "nightly",
                  "topic" : "orders",
                  "output" : "/out",
                  "topicId" : "AAAAAAAAAAEAAAAAAAAAAg",
                  "clusterId" : "cluster",
                  "isolationLevel" : "read_committed",
                  "frozenAt" : "1970-01-01T00:00:00Z",
                  "options" : {
                    "topic" : "orders",
                    "from" : "earliest",
                    "to" : "latest",
                    "partitions" : "all",
                    "direction" : "asc",
                    "isolation-level" : "read_committed",
                    "page-size" : "3",
                    "file-size" : "1",
                    "format" : "jsonl",
                    "compression" : "none",
                    "key-format" : "auto",
                    "value-format" : "auto",
                    "header-format" : "auto",
                    "time-zone" : "UTC"
                  },
                  "resolvedOptions" : {
                    "page-size" : "3",
                    "file-size" : "1",
                    "key-format" : "bytes",
                    "value-format" : "json",
                    "header-format" : "bytes"
                  },
                  "deadLettersOf" : null,
                  "committed" : {
                    "pages" : 1,
                    "files" : 2,
                    "records" : 3,
                    "setAside" : 4,
                    "bytes" : 5,
                    "offsets" : 6,
                    "gaps" : 7,
                    "lost" : 8,
                    "saved" : 9,
                    "outside" : 10,
                    "elsewhere" : 11
                  },
                  "gaps" : [ {
                    "partition" : 2,
                    "offsets" : 7
                  } ],
                  "losses" : [ {
                    "partition" : 2,
                    "start" : 101,
                    "end" : 109
                  } ],
                  "totalOffsets" : 11,
                  "remainingOffsets" : 5,
                  "unorderedTimes" : [ ],
                  "compacted" : false,
                  "openTransactions" : [ ],
                  "series" : {
                    "run" : 1,
                    "committed" : {
                      "pages" : 1,
                      "files" : 2,
                      "records" : 3,
                      "setAside" : 4,
                      "bytes" : 5,
                      "offsets" : 6,
                      "gaps" : 7,
                      "lost" : 8,
                      "saved" : 9,
                      "outside" : 10,
                      "elsewhere" : 11
                    },
                    "lostBefore" : [ ],
                    "lastMarkedRun" : 0,
                    "window" : null
                  },
                  "run" : {
                    "startedAt" : "NOW",
                    "endedAt" : "NOW",
                    "durationMs" : 2000,
                    "resumed" : false,
                    "runs" : 1,
                    "pages" : 21,
                    "recordsRead" : 24,
                    "bytesRead" : 25000000,
                    "bytesFetched" : 26,
                    "megabytesPerSecond" : 12.5,
                    "adoptedFiles" : 27,
                    "threads" : 5,
                    "threadTimes" : {
                      "idleMs" : 41,
                      "throttledMs" : 42,
                      "waitingMs" : 43,
                      "readingMs" : 44,
                      "publishingMs" : 45,
                      "writingMs" : 46,
                      "idleShare" : 0.25
                    }
                  },
                  "headRoom" : null,
                  "table" : null,
                  "notes" : [ "orders-2: an open transaction holds the last stable offset at 110, offsets up to the high watermark 120 are not part of the export", "timestamps have no order around --from 2026-01-01T00:00:00Z in partitions 2: a bound by time is a place in the log, and there it says little of the timestamps around it" ]
                }""");
    }

    @Test
    void hasNoNotesOfARunThatWentOnWithAnExport() throws IOException {
        new Exports(output).start("orders", "nightly", null);
        ExportState begun = new Exports(output).state("nightly");

        assertThat(Json.line(report(figures(begun, null), ExitCode.STOPPED, null)))
                .contains("\"resumed\":true,")
                .endsWith(",\"idleShare\":0.25}},\"headRoom\":null,\"table\":null}");
    }

    @Test
    void knowsLittleOfAnExportThatItDidNotComeTo() {
        assertThat(masked(notBegun())).isEqualTo("""
                {
                  "pagewalk" : "VERSION",
                  "exitCode" : 2,
                  "outcome" : "usage",
                  "error" : "it says why",
                  "exportId" : "nightly",
                  "topic" : "orders",
                  "output" : "/out",
                  "run" : {
                    "startedAt" : "NOW",
                    "endedAt" : "NOW",
                    "durationMs" : 2000,
                    "resumed" : false,
                    "runs" : 1,
                    "pages" : null,
                    "recordsRead" : 24,
                    "bytesRead" : 25000000,
                    "bytesFetched" : 26,
                    "megabytesPerSecond" : 12.5,
                    "adoptedFiles" : 27,
                    "threads" : 5,
                    "threadTimes" : {
                      "idleMs" : 41,
                      "throttledMs" : 42,
                      "waitingMs" : 43,
                      "readingMs" : 44,
                      "publishingMs" : 45,
                      "writingMs" : 46,
                      "idleShare" : 0.25
                    }
                  },
                  "headRoom" : null,
                  "table" : null
                }""");
    }

    static ReportDocument notBegun() {
        return report(figures(null, null), ExitCode.USAGE, "it says why");
    }

    private static ReportDocument report(RunFigures figures, ExitCode code, @Nullable String error) {
        return ReportDocument.of("nightly", "orders", Locations.directory(Path.of("/out")), 5, figures, code, error);
    }

    private static String masked(ReportDocument report) {
        return Documents.masked(Json.document(report)).replace("\"" + Version.get() + "\"", "\"VERSION\"");
    }

    private static RunFigures figures(@Nullable ExportState begun, @Nullable ExportPlan plan) {
        Map<String, Long> millis = new LinkedHashMap<>();
        for (Activity activity : Activity.values()) {
            millis.put(activity.name().toLowerCase(Locale.ROOT), 41L + millis.size());
        }
        return new RunFigures(
                Instant.now(),
                Duration.ofSeconds(2),
                plan,
                begun,
                new Totals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                new TreeMap<>(Map.of(2, 7L)),
                List.of(new LostRange(2, new OffsetRange(101, 109))),
                begun == null ? null : 21L,
                22,
                23,
                24,
                25_000_000,
                26,
                27,
                millis,
                0.25,
                null,
                null,
                1);
    }
}
