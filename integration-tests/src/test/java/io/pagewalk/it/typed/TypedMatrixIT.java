package io.pagewalk.it.typed;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What independent serializers have written, independent readers find in the files, value by value. */
class TypedMatrixIT {
    @TempDir
    Path dir;

    static Stream<TypedCase> cases() {
        return TypedCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readersFindWhatTheOracleReads(TypedCase each) {
        Path parquet = dir.resolve("parquet");
        Path jsonl = dir.resolve("jsonl");
        each.export(parquet, "parquet");
        each.export(jsonl, "jsonl");
        String files = "read_parquet('" + parquet + "/*.parquet')";
        String type = DuckDb.query("SELECT typeof(value) FROM " + files + " LIMIT 1")
                .get(0)
                .get(0);

        each.assertRead(
                "DuckDB, Parquet",
                DuckDbTree.column("SELECT " + instants(type) + " FROM " + files + " ORDER BY \"offset\""));
        each.assertRead("Jackson, JSONL", lines(jsonl));
        each.assertRead(
                "DuckDB, JSONL", DuckDbTree.column("SELECT value FROM " + table(jsonl, type) + " ORDER BY \"offset\""));
    }

    /** DuckDB's driver for Java has objects for local times that lose the era. */
    private static String instants(String type) {
        return "CAST(value AS " + type.replaceAll("TIMESTAMP(?! WITH)", "TIMESTAMP WITH TIME ZONE") + ")";
    }

    /** With the types that values have in Parquet, but for those that JSON has as text. */
    private static String table(Path jsonl, String type) {
        String texts =
                type.replaceAll("TIMESTAMP WITH TIME ZONE|TIMESTAMP|DECIMAL\\([0-9]+,[0-9]+\\)|BLOB|DATE", "VARCHAR");
        return "read_json('" + jsonl
                + "/*.jsonl', format = 'newline_delimited', columns = {'offset': 'BIGINT', 'value': '"
                + texts.replace("'", "''") + "'})";
    }

    private static List<JsonNode> lines(Path jsonl) {
        List<JsonNode> values = new ArrayList<>();
        new Output(jsonl)
                .dataFiles()
                .values()
                .forEach(file -> new String(file, StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> values.add(Output.json(line).get("value"))));
        return values;
    }
}
