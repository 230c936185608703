import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Reads Parquet files as it is asked to: {@code SparkReader SCRATCH}. Each line of its input is a request of five parts with tabs between:
 * where to write the answer, the file, whether by the vectorized reader, whether by column indexes, the condition that the rows must meet.
 * The answer is one line of text a row. It prints one line for each request, which says whether it is answered.
 */
public final class SparkReader {
    /** A row as the tests' RecordLine has it. */
    private static final String LINE = "concat_ws('|', topic, cast(partition as string), cast(offset as string),"
            + " cast(unix_micros(timestamp) as string), timestampType, coalesce(hex(key), '-'), coalesce(hex(value), '-'),"
            + " array_join(transform(headers, h -> concat(hex(h.key), '=', coalesce(hex(h.value), '-'))), ','))";

    private SparkReader() {}

    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "ERROR")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", args[0])
                .config("spark.sql.warehouse.dir", args[0])
                // Keeps the rows of a file in their order.
                .config("spark.sql.files.minPartitionNum", "1")
                .config("spark.sql.files.openCostInBytes", "1g")
                .getOrCreate();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            System.out.println(reply(spark, request.split("\t", -1)));
        }
        spark.stop();
    }

    private static String reply(SparkSession spark, String[] request) {
        try {
            Files.write(Path.of(request[0]), rows(spark, request));
            return "answered";
        } catch (Exception e) {
            return e.toString().replace('\n', ' ');
        }
    }

    private static List<String> rows(SparkSession spark, String[] request) {
        spark.conf().set("spark.sql.parquet.enableVectorizedReader", request[2]);
        return spark.read()
                .option("parquet.filter.columnindex.enabled", request[3])
                .parquet(request[1])
                .where(request[4])
                .selectExpr(LINE)
                .as(Encoders.STRING())
                .collectAsList();
    }
}
