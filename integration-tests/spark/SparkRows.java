import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Answers a query over the Parquet files of each of several directories, which are the table {@code files}: {@code SparkRows SCRATCH QUERY
 * DIRECTORY...}. What it answers goes to the file {@code answer} of the directory. A row of it is a line, an array in JSON: times are numbers of microseconds, days numbers, decimals and numbers that JSON lacks are texts, bytes are
 * hexadecimal digits behind 0x.
 */
public final class SparkRows {
    private SparkRows() {}

    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "ERROR")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", args[0])
                .config("spark.sql.warehouse.dir", args[0])
                .config("spark.sql.datetime.java8API.enabled", "true")
                .getOrCreate();
        for (int i = 2; i < args.length; i++) {
            spark.read().parquet(args[i] + "/*.parquet").createOrReplaceTempView("files");
            List<String> lines = new ArrayList<>();
            for (Row row : spark.sql(args[1]).collectAsList()) {
                List<String> values = new ArrayList<>();
                for (int column = 0; column < row.length(); column++) {
                    values.add(text(row.get(column)));
                }
                lines.add(values.toString());
            }
            Files.write(Path.of(args[i], "answer"), lines);
        }
        spark.stop();
    }

    private static String text(Object value) {
        if (value instanceof Row row) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                members.add(quoted(row.schema().fieldNames()[i]) + ":" + text(row.get(i)));
            }
            return "{" + String.join(",", members) + "}";
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<String, String> entries = new TreeMap<>();
            var all = map.iterator();
            while (all.hasNext()) {
                var entry = (scala.Tuple2<?, ?>) all.next();
                entries.put(key(entry._1()), text(entry._2()));
            }
            return entries.entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof scala.collection.Seq<?> list) {
            List<String> elements = new ArrayList<>();
            var all = list.iterator();
            while (all.hasNext()) {
                elements.add(text(all.next()));
            }
            return elements.toString();
        }
        if (value instanceof byte[] bytes) {
            return quoted("0x" + HexFormat.of().formatHex(bytes));
        }
        if (value instanceof Instant time) {
            return Long.toString(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
        }
        if (value instanceof LocalDateTime time) {
            return text(time.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof LocalDate day) {
            return Long.toString(day.toEpochDay());
        }
        if (value instanceof BigDecimal decimal) {
            return quoted(decimal.toPlainString());
        }
        boolean plain = value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer;
        return plain ? String.valueOf(value) : quoted(value.toString());
    }

    private static String key(Object key) {
        return key instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(key);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
