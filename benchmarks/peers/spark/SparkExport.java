import org.apache.spark.sql.SparkSession;

/** Copies a topic into Parquet files: {@code SparkExport SERVERS TOPIC OUTPUT SCRATCH MASTER JARS [HADOOP-SETTING=VALUE]...}. */
public final class SparkExport {
    private SparkExport() {}

    public static void main(String[] args) {
        SparkSession.Builder builder = SparkSession.builder()
                .master(args[4])
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "WARN")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", args[3])
                .config("spark.sql.warehouse.dir", args[3]);
        if (args.length > 6) {
            builder.config("spark.executor.extraClassPath", args[5]);
        }
        for (int i = 6; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            builder.config("spark.hadoop." + setting[0], setting[1]);
        }
        SparkSession spark = builder.getOrCreate();
        spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", args[0])
                .option("subscribe", args[1])
                .option("startingOffsets", "earliest")
                .option("endingOffsets", "latest")
                .option("includeHeaders", "true")
                .option("kafka.max.poll.records", "5000")
                .load()
                .write()
                .option("compression", "zstd")
                .option("parquet.compression.codec.zstd.level", "1")
                .parquet(args[2]);
        spark.stop();
    }
}
