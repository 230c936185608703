package io.pagewalk.internal.sink.reader;

import io.pagewalk.payload.PayloadFormat;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** DuckDB, which shares no code with parquet-java. */
class DuckDbReaderTest extends ReaderContractTest {
    private static Connection duckDb;

    @BeforeAll
    static void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterAll
    static void disconnect() throws SQLException {
        duckDb.close();
    }

    @Override
    protected List<String> read(CorpusFile file, Path path, Condition condition) throws SQLException {
        String where = condition == null ? "true" : condition.sql("\"", "make_timestamptz");
        List<String> lines = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("""
                        select concat_ws('|', topic, "partition", "offset", epoch_us("timestamp"), "timestampType", %s, %s,
                            array_to_string([hex(h.key) || '=' || %s for h in headers], ','))
                        from read_parquet('%s') where %s""".formatted(
                                payload("key", file.payloads().key()),
                                payload("value", file.payloads().value()),
                                payload("h.value", file.payloads().header()),
                                path,
                                where))) {
            while (result.next()) {
                lines.add(result.getString(1));
            }
        }
        return lines;
    }

    /** As bytes it would take the JSON null for none. */
    private static String payload(String name, PayloadFormat format) {
        String cast = format.form() == PayloadFormat.Form.JSON ? "::varchar" : "";
        return "coalesce(hex(" + name + cast + "), '-')";
    }
}
