package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.ExportPlace;
import io.pagewalk.ExportResult;
import io.pagewalk.FileSettings;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.example.TwoExports;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.plan.ExportSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program can do that depends on the library. */
class LibraryIT {
    private static final Path EXAMPLE = Path.of("src/test/java/io/pagewalk/example/TwoExports.java");

    @TempDir
    private Path directory;

    @Test
    void exportsToTwoPlacesAtOnceStopsResumesVerifiesAndLists() throws Exception {
        try (Records records = Records.filled("library", 1000)) {
            String bucket = S3Server.bucket("library");
            Path local = directory.resolve("local");

            List<String> told;
            try (TwoExports exports = new TwoExports(Broker.servers(), S3Server.properties(), records.topic())) {
                told = exports.exportTo(List.of(local.toString(), "s3://" + bucket + "/orders"));
            }

            assertThat(told)
                    .hasSize(2)
                    .containsOnly("STOPPED, then COMPLETE with 1000 records, as recorded: true, topics: ["
                            + records.topic() + "]");
            Path downloaded = Files.createDirectory(directory.resolve("downloaded"));
            S3Server.download(bucket, "orders/", downloaded);
            assertThat(rows(local)).hasSize(1000).isEqualTo(rows(downloaded));
        }
    }

    /** Neither connects again, nor asks the store again whether it keeps what is published. */
    @Test
    void probesAStoreOnceForAllExportsOfAConnection() throws Exception {
        List<String> probes = Collections.synchronizedList(new ArrayList<>());
        try (FaultProxy proxy = new FaultProxy(S3Server.port());
                Records first = Records.filled("probed", 20);
                Records second = Records.filled("unprobed", 20);
                Pagewalk pagewalk = Pagewalk.connect(Broker.servers())
                        .hadoop(S3Server.properties(proxy.port()))
                        .open()) {
            proxy.hold(request -> {
                if (request.startsWith("PUT ")
                        && request.lines().findFirst().orElse("").contains(".probe")) {
                    probes.add(request);
                }
                return false;
            });
            String bucket = S3Server.bucket("probes");

            export(pagewalk, first.topic(), "s3://" + bucket + "/first");
            assertThat(probes).isNotEmpty();
            probes.clear();
            export(pagewalk, second.topic(), "s3://" + bucket + "/second");

            assertThat(probes).isEmpty();
            assertThat(S3Server.keys(bucket)).anyMatch(key -> key.startsWith("second/"));
        }
    }

    private static void export(Pagewalk pagewalk, String topic, String output) {
        ExportSpec spec =
                ExportSpec.builder(topic, FileSettings.parquet().pin()).build();
        assertThat(pagewalk.export(spec, ExportPlace.of(output))
                        .run(RunOptions.defaults())
                        .outcome())
                .isEqualTo(ExportResult.Outcome.COMPLETE);
    }

    private static List<List<String>> rows(Path output) {
        return DuckDb.query("SELECT partition, \"offset\", key, value FROM read_parquet('" + output
                + "/*.parquet') ORDER BY partition, \"offset\"");
    }

    @Test
    void theDocumentedProgramIsThisOne() throws IOException {
        String program = Files.readString(EXAMPLE);

        assertThat(Files.readString(Path.of("../docs/library.md")))
                .contains(program.substring(program.indexOf("import ")).strip());
        assertThat(program).doesNotContain("internal");
    }
}
