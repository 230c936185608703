package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Tokens;
import io.pagewalk.model.Compaction;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.UnorderedTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanDocumentTest {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void hasTheseMembers() {
        assertThat(Json.document(PlanDocument.of(plan(Compaction.YES)))).isEqualTo("""
                {
                  "topic" : "orders",
                  "topicId" : "AAAAAAAAAAEAAAAAAAAAAg",
                  "clusterId" : "cluster",
                  "isolationLevel" : "read_committed",
                  "direction" : "asc",
                  "frozenAt" : "1970-01-01T00:00:00Z",
                  "compacted" : true,
                  "offsets" : 11,
                  "format" : "jsonl",
                  "compression" : "none",
                  "keyFormat" : "bytes",
                  "valueFormat" : "json",
                  "headerFormat" : "string",
                  "sample" : {
                    "records" : 4,
                    "bytes" : 10006,
                    "recordBytes" : 2501.5
                  },
                  "pageSize" : {
                    "records" : 3,
                    "bytes" : 7505
                  },
                  "fileSize" : {
                    "records" : 1,
                    "bytes" : 2502
                  },
                  "pages" : 4,
                  "pagesAreExact" : true,
                  "files" : 11,
                  "partitions" : [ {
                    "partition" : 1,
                    "start" : 0,
                    "end" : 1,
                    "logStartOffset" : 0,
                    "lastStableOffset" : 1,
                    "highWatermark" : 1,
                    "openTransaction" : false
                  }, {
                    "partition" : 2,
                    "start" : 100,
                    "end" : 110,
                    "logStartOffset" : 90,
                    "lastStableOffset" : 110,
                    "highWatermark" : 120,
                    "openTransaction" : true
                  } ],
                  "unorderedTimes" : [ {
                    "bound" : "from",
                    "time" : "2026-01-01T00:00:00Z",
                    "partitions" : "2",
                    "crossings" : [ {
                      "partition" : 2,
                      "first" : 101,
                      "last" : 105,
                      "sampledRecords" : 50,
                      "disagreeingRecords" : 7
                    } ]
                  } ],
                  "columns" : [ ],
                  "notes" : [ "orders-2: an open transaction holds the last stable offset at 110, offsets up to the high watermark 120 are not part of the export", "topic orders is compacted: records whose keys are overwritten after the freeze may be absent", "timestamps have no order around --from 2026-01-01T00:00:00Z in partitions 2: a bound by time is a place in the log, and there it says little of the timestamps around it" ]
                }""");
    }

    @Test
    void saysNullWhereNobodyKnowsOfCompaction() {
        assertThat(Json.line(PlanDocument.of(plan(Compaction.UNKNOWN)))).contains("\"compacted\":null,");
        assertThat(Json.line(PlanDocument.of(plan(Compaction.NO)))).contains("\"compacted\":false,");
    }

    /** Of a topic with an open transaction, and timestamps in no order. */
    static ExportPlan plan(Compaction compaction) {
        ExportSpec spec = ExportSpec.builder("orders", Map.of("format", "jsonl", "compression", "none"))
                .from(new OffsetBound.AtTime(NEW_YEAR))
                .build();
        return new ExportPlan(
                spec,
                Tokens.extent("orders"),
                Tokens.token("orders"),
                new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.JSON, PayloadFormat.STRING),
                Instant.EPOCH,
                List.of(new PartitionState(1, 0, 1, 1), new PartitionState(2, 90, 110, 120)),
                new ExportPlan.Sample(4, 10_006),
                compaction,
                List.of(new UnorderedTime("from", NEW_YEAR, List.of(new UnorderedTime.Place(2, 101, 105, 50, 7)))),
                null,
                null,
                null,
                null);
    }
}
