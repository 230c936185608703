import static org.apache.spark.sql.avro.functions.from_avro;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Copies a topic with Avro values in Confluent's frames into Parquet files: {@code SparkAvroExport SERVERS TOPIC OUTPUT SCRATCH MASTER
 * ID=SCHEMA-FILE...}, oldest first; all values are resolved to the last one.
 */
public final class SparkAvroExport {
    private SparkAvroExport() {}

    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master(args[4])
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "WARN")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", args[3])
                .config("spark.sql.warehouse.dir", args[3])
                .getOrCreate();
        List<Integer> ids = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        for (int i = 5; i < args.length; i++) {
            String[] schema = args[i].split("=", 2);
            ids.add(Integer.parseInt(schema[0]));
            schemas.add(Files.readString(Path.of(schema[1])));
        }
        String newest = schemas.get(schemas.size() - 1);
        Column payload = expr("substring(value, 6)");
        Column value = null;
        for (int i = 0; i < ids.size(); i++) {
            Column decoded = from_avro(payload, schemas.get(i), Map.of("avroSchema", newest));
            Column its = expr(String.format("substring(value, 2, 4) = X'%08x'", ids.get(i)));
            value = value == null ? when(its, decoded) : value.when(its, decoded);
        }
        spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", args[0])
                .option("subscribe", args[1])
                .option("startingOffsets", "earliest")
                .option("endingOffsets", "latest")
                .option("kafka.max.poll.records", "5000")
                .load()
                .select(
                        col("key").cast("string"),
                        value.alias("value"),
                        col("topic"),
                        col("partition"),
                        col("offset"),
                        col("timestamp"))
                .write()
                .option("compression", "zstd")
                .option("parquet.compression.codec.zstd.level", "1")
                .parquet(args[2]);
        spark.stop();
    }
}
