package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Exports;
import io.pagewalk.cli.console.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusDocumentTest {
    private final Terminals terminals = new Terminals();

    @TempDir
    private Path output;

    @Test
    void hasTheseMembers() throws IOException {
        new Exports(output).start("orders", "nightly", null);
        new Exports(output).lose("nightly", 2, 4);

        assertThat(terminals.run("status", "--json", "--output", output.toString()))
                .isEqualTo(3);

        assertThat(Documents.masked(terminals.out())).isEqualTo("""
                {
                  "exportId" : "nightly",
                  "topic" : "orders",
                  "topicId" : "AAAAAAAAAAEAAAAAAAAAAg",
                  "clusterId" : "cluster",
                  "isolationLevel" : "read_committed",
                  "state" : "not-complete",
                  "complete" : false,
                  "frozenAt" : "1970-01-01T00:00:00Z",
                  "deadLettersOf" : null,
                  "committed" : {
                    "pages" : 0,
                    "files" : 0,
                    "records" : 0,
                    "setAside" : 0,
                    "bytes" : 0,
                    "offsets" : 0,
                    "gaps" : 0,
                    "lost" : 2,
                    "saved" : 0,
                    "outside" : 0,
                    "elsewhere" : 0
                  },
                  "gaps" : [ ],
                  "losses" : [ {
                    "partition" : 0,
                    "start" : 2,
                    "end" : 4
                  } ],
                  "totalOffsets" : 11,
                  "remainingOffsets" : 11,
                  "lastCommitAt" : "NOW",
                  "lastCommitBy" : "process 1 on host",
                  "sequence" : 1,
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
                  "nextPage" : 1,
                  "nextPageToken" : "pw2.DmNsdXN0ZXIMb3JkZXJzAAAAAAAAAAEAAAAAAAAAAgEABgICAgYACgACAAICyAEU.6b9760c6",
                  "series" : {
                    "run" : 1,
                    "committed" : {
                      "pages" : 0,
                      "files" : 0,
                      "records" : 0,
                      "setAside" : 0,
                      "bytes" : 0,
                      "offsets" : 0,
                      "gaps" : 0,
                      "lost" : 2,
                      "saved" : 0,
                      "outside" : 0,
                      "elsewhere" : 0
                    },
                    "lostBefore" : [ ],
                    "lastMarkedRun" : 0,
                    "window" : null
                  },
                  "headRoom" : null,
                  "newOffsets" : null,
                  "table" : null
                }
                """);
    }

    @Test
    void hasFewMembersBeforeTheExportIsStarted() throws IOException {
        new Exports(output).start("orders", "nightly", null);
        Files.delete(output.resolve("_pagewalk/nightly/1/1/00000000000000000000.json"));

        assertThat(terminals.run("status", "--json", "--output", output.toString()))
                .isEqualTo(3);

        assertThat(terminals.out()).isEqualTo("""
                {
                  "exportId" : "nightly",
                  "topic" : "orders",
                  "state" : "not-started",
                  "complete" : false
                }
                """);
    }
}
