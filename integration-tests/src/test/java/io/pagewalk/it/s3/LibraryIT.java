package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.example.TwoExports;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (Records records = Records.filled("library", 1000);
                TwoExports exports = new TwoExports(Broker.servers(), S3Server.properties(), records.topic())) {
            String bucket = S3Server.bucket("library");
            Path local = directory.resolve("local");

            List<String> told = exports.exportTo(List.of(local.toString(), "s3://" + bucket + "/orders"));

            assertThat(told)
                    .hasSize(2)
                    .containsOnly("STOPPED, then COMPLETE with 1000 records, as recorded: true, topics: ["
                            + records.topic() + "]");
            Path downloaded = Files.createDirectory(directory.resolve("downloaded"));
            S3Server.download(bucket, "orders/", downloaded);
            assertThat(rows(local)).hasSize(1000).isEqualTo(rows(downloaded));
        }
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
