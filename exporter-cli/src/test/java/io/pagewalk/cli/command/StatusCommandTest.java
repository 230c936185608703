package io.pagewalk.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.cli.Exports;
import io.pagewalk.cli.console.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private final Terminals terminals = new Terminals();

    @TempDir
    private Path output;

    private Exports exports;

    @BeforeEach
    void locate() {
        exports = new Exports(output);
    }

    @Test
    void isNotSatisfiedBeforeTheExportIsComplete() throws IOException {
        exports.start("orders", "orders", null);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(3);

        assertThat(terminals.out())
                .contains("Export       orders of topic orders", "not complete, 0.0 % committed, page 1 is next");
    }

    @Test
    void isSatisfiedByACompleteExport() throws IOException {
        exports.start("orders", "orders", null);
        exports.complete("orders", null);

        assertThat(terminals.run("status", "--output", output.toString(), "--json"))
                .isZero();

        JsonNode status = new ObjectMapper().readTree(terminals.out());
        assertThat(status.get("complete").booleanValue()).isTrue();
        assertThat(status.get("state").textValue()).isEqualTo("complete");
        assertThat(status.get("nextPageToken").isNull()).isTrue();
        assertThat(status.get("committed").get("records").longValue()).isEqualTo(9);
        assertThat(status.get("totalOffsets").longValue()).isEqualTo(11);
    }

    @Test
    void tellsWhatACompleteExportHasLost() throws IOException {
        exports.start("orders", "orders", null);
        exports.lose("orders", 2, 4);
        exports.complete("orders", null);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(8);
        assertThat(terminals.run("status", "--output", output.toString(), "--json"))
                .isEqualTo(8);

        assertThat(terminals.out())
                .contains("Lost         2 offsets: orders-0 [2, 4)\n")
                .contains("\"state\" : \"complete\"");
    }

    @Test
    void findsALogThatIsElsewhereByTheClaim(@TempDir Path elsewhere) throws IOException {
        exports.start("orders", "nightly", elsewhere);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(3);

        assertThat(terminals.out()).contains("nightly of topic orders");
        assertThat(elsewhere.resolve("nightly/1/1/00000000000000000000.json")).exists();
    }

    @Test
    void waitsForAnExportThatIsClaimedAndNotStarted() throws IOException {
        exports.start("orders", "nightly", null);
        Files.delete(output.resolve("_pagewalk/nightly/1/1/00000000000000000000.json"));

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(3);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=nightly"))
                .isEqualTo(3);

        assertThat(terminals.out())
                .isEqualTo("Export       nightly of topic orders\nState        not started\n".repeat(2));
        assertThat(terminals.err()).isEmpty();
    }

    @Test
    void tellsProgramsThatAnExportIsNotStarted() throws IOException {
        exports.start("orders", "orders", null);
        Files.delete(output.resolve("_pagewalk/orders/1/1/00000000000000000000.json"));

        assertThat(terminals.run("status", "--output", output.toString(), "--json"))
                .isEqualTo(3);

        JsonNode status = new ObjectMapper().readTree(terminals.out());
        assertThat(status.get("exportId").textValue()).isEqualTo("orders");
        assertThat(status.get("topic").textValue()).isEqualTo("orders");
        assertThat(status.get("state").textValue()).isEqualTo("not-started");
        assertThat(status.get("complete").booleanValue()).isFalse();
    }

    @Test
    void doesNotWaitForALogThatTheClaimDoesNotName(@TempDir Path elsewhere) throws IOException {
        exports.start("orders", "orders", null);

        assertThat(terminals.run("status", "--output", output.toString(), "--checkpoints", elsewhere.toString()))
                .isEqualTo(2);

        assertThat(terminals.err())
                .contains("has no checkpoint in " + elsewhere, "its log is elsewhere; say where with --checkpoints");
    }

    @Test
    void asksWhichOfSeveralIsMeant() throws IOException {
        exports.start("orders", "orders", null);
        exports.start("returns", "returns", null);

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(2);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=returns"))
                .isEqualTo(3);

        assertThat(terminals.err())
                .isEqualTo("pagewalk: " + output
                        + " holds several exports: orders, returns; name the export with --export-id\n");
    }

    @Test
    void refusesWhereThereIsNone() throws IOException {
        exports.start("orders", "orders", null);

        assertThat(terminals.run(
                        "status", "--output", output.resolve("not-there").toString()))
                .isEqualTo(2);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=other"))
                .isEqualTo(2);
        assertThat(terminals.run("status", "--output", output.toString(), "--export-id=../x"))
                .isEqualTo(2);

        assertThat(output.resolve("not-there")).doesNotExist();
        assertThat(terminals.err().lines()).hasSize(3).allMatch(line -> line.startsWith("pagewalk: "));
        assertThat(terminals.err())
                .contains("there is no export in " + output.resolve("not-there") + "; check the name of the output\n")
                .contains("there is no export other in " + output + "; check the name of the output\n");
        assertThat(terminals.out()).isEmpty();
    }
}
