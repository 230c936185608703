package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.Verification;
import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.cli.Exports;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.OffsetRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyDocumentTest {
    @Test
    void hasTheseMembers(@TempDir Path output) throws IOException {
        new Exports(output).start("orders", "orders", null);
        Checkpoint.Start start = new Exports(output).state("orders").start();
        OffsetRange range = new OffsetRange(5, 9);
        TopicFigures topic = new TopicFigures(1, 2, 3, 4, 5, 6, 7);
        SortedMap<Integer, PartitionFigures> partitions = new TreeMap<>(Map.of(
                0, new PartitionFigures(range, 11, 12, 13, 14, 15, new Digest(1, 2), topic),
                1, new PartitionFigures(range, 21, 22, 23, 24, 25, null, null)));
        Finding finding = new Finding("orders-0", "is not there");

        assertThat(json(start, partitions, List.of(finding))).isEqualTo("""
                {
                  "exportId" : "nightly",
                  "topic" : "orders",
                  "topicId" : "AAAAAAAAAAEAAAAAAAAAAg",
                  "clusterId" : "cluster",
                  "result" : "findings",
                  "complete" : true,
                  "checkpoints" : 31,
                  "pages" : 32,
                  "files" : 33,
                  "records" : 34,
                  "bytes" : 36,
                  "uncommittedFiles" : 37,
                  "gaps" : 38,
                  "lost" : 40,
                  "setAside" : 35,
                  "deadLettersOf" : null,
                  "partitions" : [ {
                    "partition" : 0,
                    "start" : 5,
                    "end" : 9,
                    "files" : 12,
                    "offsets" : 11,
                    "records" : 13,
                    "gaps" : 14,
                    "lost" : 15,
                    "digest" : "00000000000000010000000000000002",
                    "topic" : {
                      "same" : 1,
                      "compacted" : 3,
                      "expired" : 2,
                      "missing" : 4,
                      "returned" : 5,
                      "differing" : 7,
                      "unexplained" : 6
                    }
                  }, {
                    "partition" : 1,
                    "start" : 5,
                    "end" : 9,
                    "files" : 22,
                    "offsets" : 21,
                    "records" : 23,
                    "gaps" : 24,
                    "lost" : 25
                  } ],
                  "findings" : [ {
                    "subject" : "orders-0",
                    "problem" : "is not there"
                  } ]
                }""");
    }

    @Test
    void doesNotKnowTheTopicOfALogThatTellsNothing() {
        assertThat(json(null, new TreeMap<>(), List.of())).isEqualTo("""
                {
                  "exportId" : "nightly",
                  "topic" : null,
                  "topicId" : null,
                  "clusterId" : null,
                  "result" : "as-recorded",
                  "complete" : true,
                  "checkpoints" : 31,
                  "pages" : 32,
                  "files" : 33,
                  "records" : 34,
                  "bytes" : 36,
                  "uncommittedFiles" : 37,
                  "gaps" : 0,
                  "lost" : 0,
                  "setAside" : 35,
                  "deadLettersOf" : null,
                  "partitions" : [ ],
                  "findings" : [ ]
                }""");
    }

    private static String json(
            Checkpoint.@Nullable Start start, SortedMap<Integer, PartitionFigures> partitions, List<Finding> findings) {
        AuditResult result = new AuditResult(start, true, findings.size(), 31, 32, 33, 34, 35, 36, 37, partitions);
        return Json.document(VerifyDocument.of(new Verification("nightly", "/log", result), findings));
    }
}
