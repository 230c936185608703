package io.pagewalk.it.reader;

import io.pagewalk.internal.sink.reader.Condition;
import io.pagewalk.internal.sink.reader.CorpusFile;
import io.pagewalk.internal.sink.reader.ReaderContractTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spark, with its own reader of pages, which decodes many values at a time, and with the one that goes row by row through the
 * parquet-java that Spark brings.
 */
@EnabledIfSystemProperty(named = ReaderProcess.PROPERTY, matches = ".+")
@ParameterizedClass
@ValueSource(booleans = {true, false})
class SparkReaderIT extends ReaderContractTest {
    /** What spark-submit adds, as far as reading needs it. */
    private static final Stream<String> OPENED = Stream.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/sun.nio.ch",
            "java.base/sun.util.calendar");

    /**
     * Where pages of packed deltas are cut after other rows than those of other columns, the vectorized reader of Spark 4.2.0 and before
     * takes a page's first value for another one: it skips to a row that a column index names, and reads no value at all on
     * the way (apache/spark commit 1071110 mends it). Larger pages are cut after the same rows.
     */
    private static final int SMALL_PAGES = 64 * 1024;

    private static ReaderProcess spark;

    @Parameter
    boolean vectorized;

    @BeforeAll
    static void start(@TempDir Path scratch) throws IOException {
        spark = new ReaderProcess(
                "spark",
                "SparkReader.java",
                scratch,
                OPENED.map(name -> "--add-opens=" + name + "=ALL-UNNAMED").toList());
    }

    @AfterAll
    static void end() {
        spark.close();
    }

    @Override
    protected List<String> read(CorpusFile file, Path path, Condition condition) throws IOException {
        return spark.ask(
                path.toString(),
                Boolean.toString(vectorized),
                Boolean.toString(!vectorized || file.settings().pageBytes() > SMALL_PAGES),
                condition == null ? "true" : condition.sql("`", "timestamp_micros"));
    }
}
