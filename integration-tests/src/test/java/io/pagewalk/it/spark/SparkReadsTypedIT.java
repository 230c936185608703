package io.pagewalk.it.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.typed.EvolvingOrders;
import io.pagewalk.it.typed.KilledTypedExport;
import io.pagewalk.it.typed.TypedCase;
import io.pagewalk.it.typed.TypedCases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Spark finds in typed columns what was produced. */
@EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
class SparkReadsTypedIT {
    @TempDir
    Path dir;

    @Test
    void findsExactSumsInWhatWasKilledFiveTimesAndLostItsRegistry() throws Exception {
        Path out = dir.resolve("out");
        List<String> expected = KilledTypedExport.of(LongTests.count(60_000, 1_000_000), out);

        List<String> found = new ArrayList<>();
        SparkInstallation.rows(dir, EvolvingOrders.query("files"), List.of(out))
                .get(0)
                .get(0)
                .forEach(sum -> found.add(sum.asText()));

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void findsWhatTheOracleReadsInValuesOfAllTypes() throws Exception {
        List<TypedCase> cases = TypedCases.all().toList();
        List<Path> directories = new ArrayList<>();
        for (TypedCase each : cases) {
            directories.add(dir.resolve("case-" + directories.size()));
            each.export(directories.get(directories.size() - 1), "parquet");
        }

        List<List<JsonNode>> found =
                SparkInstallation.rows(dir, "SELECT value FROM files ORDER BY `offset`", directories);

        for (int i = 0; i < cases.size(); i++) {
            cases.get(i)
                    .assertRead(
                            "Spark",
                            found.get(i).stream().map(row -> row.get(0)).toList());
        }
    }
}
