import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/**
 * Answers statements, one a line of its input, until that ends: a line in JSON for each row, then one that is empty. A statement that fails is
 * answered by one line that begins with an exclamation mark. Settings of Spark are in a file of properties: {@code SparkStatements FILE}.
 */
public final class SparkStatements {
    private SparkStatements() {}

    public static void main(String[] args) throws Exception {
        // What Spark prints itself goes elsewhere.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Properties settings = new Properties();
        try (var file = new java.io.FileInputStream(args[0])) {
            settings.load(file);
        }
        SparkSession.Builder builder = SparkSession.builder().master("local[2]");
        settings.forEach((name, value) -> builder.config(name.toString(), value.toString()));
        SparkSession spark = builder.getOrCreate();
        BufferedReader statements = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String statement = statements.readLine(); statement != null; statement = statements.readLine()) {
            try {
                List<String> rows = spark.sql(statement).toJSON().collectAsList();
                rows.forEach(out::println);
            } catch (Exception e) {
                e.printStackTrace();
                out.println("!" + e.toString().replace('\n', ' '));
            }
            out.println();
        }
        spark.stop();
    }
}
