package io.pagewalk.it.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Values of any shape as DuckDB reads them: times are microseconds, days numbers, bytes hexadecimal digits behind 0x, decimals texts. */
final class DuckDbTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DuckDbTree() {}

    /** The one column of a query's answer. */
    static List<JsonNode> column(String sql) {
        // The driver makes times by way of the machine's zone, where an hour is missing in spring.
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        try {
            return rows(sql);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    private static List<JsonNode> rows(String sql) {
        List<JsonNode> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(node(result.getObject(1)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    private static JsonNode node(@Nullable Object value) throws SQLException {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof DuckDBStruct struct) {
            return object(struct.getMap());
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof Array array) {
            ArrayNode elements = JSON.arrayNode();
            for (Object element : (Object[]) array.getArray()) {
                elements.add(node(element));
            }
            return elements;
        }
        if (value instanceof Blob blob) {
            return JSON.textNode("0x" + HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length())));
        }
        if (value instanceof OffsetDateTime time) {
            return micros(time.toInstant());
        }
        if (value instanceof Timestamp time) {
            return micros(time.toLocalDateTime().toInstant(ZoneOffset.UTC));
        }
        if (value instanceof LocalDate day) {
            return JSON.numberNode(day.toEpochDay());
        }
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof Long || value instanceof Integer) {
            return JSON.numberNode(((Number) value).longValue());
        }
        return JSON.textNode(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
    }

    private static JsonNode micros(Instant time) {
        return JSON.numberNode(BigInteger.valueOf(time.getEpochSecond())
                .multiply(BigInteger.valueOf(1_000_000))
                .add(BigInteger.valueOf(time.getNano() / 1_000)));
    }

    private static ObjectNode object(Map<?, ?> members) throws SQLException {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            Object key = member.getKey();
            object.set(
                    key instanceof BigDecimal number ? number.toPlainString() : String.valueOf(key),
                    node(member.getValue()));
        }
        return object;
    }
}
