package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.OrderSums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** How many records outputs hold, as readers see it that share no code with what wrote them. */
final class Counts {
    private Counts() {}

    /** The lines of all files of a directory whose names end so. */
    static long lines(Path directory, String suffix) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(directory)) {
            files = list.filter(file -> file.toString().endsWith(suffix)).toList();
        }
        long lines = 0;
        for (Path file : files) {
            lines += lines(file);
        }
        return lines;
    }

    private static long lines(Path file) throws IOException {
        byte[] buffer = new byte[1 << 20];
        long lines = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return lines;
    }

    /** The rows of all Parquet files of a directory. */
    static long parquet(Path directory) throws IOException {
        return count("read_parquet('" + directory + "/*.parquet')");
    }

    /** The rows of all Parquet files of the directories in a directory. */
    static long parquetBelow(Path directory) throws IOException {
        return count("read_parquet('" + directory + "/*/*.parquet')");
    }

    /** The lines of all zstd-compressed JSONL files of a directory, each of which must be JSON. */
    static long zstdLines(Path directory) throws IOException {
        return count("read_json('" + directory
                + "/*.jsonl.zst', format='newline_delimited', columns={\"offset\":'BIGINT'})");
    }

    /**
     * What orders in all Parquet files of a directory come to.
     *
     * @param prefix of their columns
     */
    static OrderSums orders(Path directory, String prefix) throws IOException {
        String query = "SELECT count(*), CAST(sum(#id) AS BIGINT), CAST(sum(#quantity) AS BIGINT),"
                + " count(*) FILTER (#channel = 'app') FROM read_parquet('" + directory + "/*.parquet')";
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query.replace("#", prefix))) {
            result.next();
            return new OrderSums(result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static IOException unreadable(SQLException e) {
        return new IOException("DuckDB cannot read the output: " + e.getMessage(), e);
    }

    private static long count(String table) throws IOException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }
}
