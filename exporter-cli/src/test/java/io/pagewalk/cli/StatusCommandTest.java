package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportRequest;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.Size;
import io.pagewalk.run.Checkpoint;
import io.pagewalk.run.ExportStarter;
import io.pagewalk.run.Origin;
import io.pagewalk.run.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private final Terminals terminals = new Terminals();

    @TempDir
    private Path output;

    @Test
    void isNotSatisfiedBeforeTheExportIsComplete() throws IOException {
        start("orders", "orders", null);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(3);

        assertThat(terminals.out())
                .contains("Export       orders of topic orders", "not complete, 0.0 % committed, page 1 is next");
    }

    @Test
    void isSatisfiedByACompleteExport() throws IOException {
        start("orders", "orders", null);
        complete("orders", null);

        assertThat(terminals.run("status", "--output", output.toString(), "--json"))
                .isZero();

        JsonNode status = new ObjectMapper().readTree(terminals.out());
        assertThat(status.get("complete").booleanValue()).isTrue();
        assertThat(status.get("nextPageToken").isNull()).isTrue();
        assertThat(status.get("committed").get("records").longValue()).isEqualTo(9);
        assertThat(status.get("totalOffsets").longValue()).isEqualTo(11);
    }

    @Test
    void findsALogThatIsElsewhereByTheClaim(@TempDir Path elsewhere) throws IOException {
        start("orders", "nightly", elsewhere);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(3);

        assertThat(terminals.out()).contains("nightly of topic orders");
        assertThat(elsewhere.resolve("nightly/00000000000000000000.json")).exists();
    }

    @Test
    void asksWhichOfSeveralIsMeant() throws IOException {
        start("orders", "orders", null);
        start("returns", "returns", null);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(2);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=returns"))
                .isEqualTo(3);

        assertThat(terminals.err())
                .isEqualTo("pagewalk: " + output
                        + " holds several exports: orders, returns; choose one with --export-id\n");
    }

    @Test
    void refusesWhereThereIsNone() throws IOException {
        start("orders", "orders", null);

        assertThat(terminals.run(
                        "status", "--output", output.resolve("not-there").toString()))
                .isEqualTo(2);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=other"))
                .isEqualTo(2);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=../x"))
                .isEqualTo(2);

        assertThat(output.resolve("not-there")).doesNotExist();
        assertThat(terminals.err().lines()).hasSize(3).allMatch(line -> line.startsWith("pagewalk: "));
        assertThat(terminals.out()).isEmpty();
    }

    private void start(String topic, String exportId, Path checkpoints) throws IOException {
        try (ExportPlaces places = open(exportId, checkpoints)) {
            Extent extent = Tokens.extent(topic);
            PageToken token = Tokens.token(topic);
            ExportRequest request = new ExportRequest(
                    topic,
                    new OffsetBound.Earliest(),
                    new OffsetBound.Latest(),
                    PartitionSet.ALL,
                    token.direction(),
                    IsolationLevel.READ_COMMITTED,
                    Size.records(3),
                    Size.records(1),
                    null,
                    null,
                    null,
                    Map.of("format", "jsonl", "compression", "none"));
            ExportPlan plan = new ExportPlan(
                    request,
                    extent,
                    token,
                    new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.JSON, PayloadFormat.BYTES),
                    Instant.EPOCH,
                    List.of(),
                    new ExportPlan.Sample(0, 0),
                    false);
            new ExportStarter(places.output(), places.log(), topic, places.claimedCheckpoints())
                    .resumeOrStart(request.toOptions(), () -> plan);
        }
    }

    private void complete(String exportId, Path checkpoints) throws IOException {
        try (ExportPlaces places = open(exportId, checkpoints)) {
            places.log().load();
            places.log().append(new Checkpoint.Complete(new Totals(4, 11, 9, 1000, 11)));
        }
    }

    private ExportPlaces open(String exportId, Path checkpoints) {
        return ExportPlaces.open(output, checkpoints, exportId, new Origin("run-" + System.nanoTime(), "host", 1));
    }
}
