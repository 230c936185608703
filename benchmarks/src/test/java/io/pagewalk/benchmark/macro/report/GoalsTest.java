package io.pagewalk.benchmark.macro.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.benchmark.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final long MILLION = 1_000_000;

    @Test
    void saysWhatIsMetWhatIsNotAndWhatWasNotMeasured() {
        List<Run> runs = List.of(
                run("long", "bare", 1, 1),
                run("long", "pagewalk-parquet", 2, 2.3),
                run("compare", "pagewalk-parquet", 2, 2.5),
                run("compare", "spark", 4, 25));

        List<String> lines = Goals.text(Samples.results(runs)).lines().toList();

        assertThat(lines)
                .anyMatch(
                        line -> line.matches("\\| Parquet CPU / bare consumer, 12 million records .* 2.30 .* yes \\|"))
                .anyMatch(line -> line.matches("\\| Parquet wall / Spark .* 0.50 .* no \\|"))
                .anyMatch(line -> line.matches("\\| Parquet CPU / Spark .* 0.10 .* yes, both \\|"))
                .anyMatch(line -> line.matches("\\| JSONL wall / kcat .* not measured .* not measured \\|"));
    }

    @Test
    void everyGoalCanBeMeasured() {
        List<Run> runs = new ArrayList<>(List.of(
                run("compare", "pagewalk-parquet", 1, 1),
                run("compare", "pagewalk-jsonl", 1, 1),
                run("compare", "kcat", 1, 1),
                run("compare", "spark", 1, 1),
                run("small", "pagewalk-jsonl", 1, 1),
                run("small", "kcat", 1, 1),
                run("long", "bare", 1, 1),
                run("long", "pagewalk-parquet", 1, 1),
                run("long", "pagewalk-jsonl", 1, 1),
                run("single", "parquet-1-thread", 1, 1),
                run("single", "parquet-2-threads", 1, 1),
                run("single", "jsonl-1-thread", 1, 1),
                run("single", "jsonl-2-threads", 1, 1),
                run("pages", "parquet-1-page", 1, 1),
                run("pages", "parquet-10-pages", 1, 1),
                run("pages", "jsonl-1-page", 1, 1),
                run("pages", "jsonl-10-pages", 1, 1),
                run("memory", "parquet-1x", 1, 1),
                run("memory", "parquet-10x", 1, 1),
                run("typed", "avro-bare", 1, 1),
                run("typed", "avro-pagewalk", 1, 1),
                run("typed", "avro-plain", 1, 1),
                run("start", "version", 1, 1),
                run("start", "export-1000", 1, 1)));
        runs.addAll(s3(MILLION, 2, 3));

        // A run to S3 is of one length.
        assertThat(Goals.text(Samples.results(runs)).lines().filter(line -> line.contains("not measured")))
                .singleElement()
                .asString()
                .contains("12 million records: wall to S3");
    }

    @Test
    void aMillionRecordsToS3MayTakeSomeSecondsMoreAndTwelveMillionSomePerCent() {
        assertThat(Goals.text(Samples.results(s3(MILLION, 2, 3.4))).lines())
                .anyMatch(line -> line.matches("\\| Parquet, a million records: wall to S3 .* 1.40 .* yes, both \\|"));
        assertThat(Goals.text(Samples.results(s3(12 * MILLION, 20, 20.8))).lines())
                .anyMatch(line -> line.matches("\\| Parquet, a million records: wall to S3 .* not measured \\|"))
                .anyMatch(line -> line.matches("\\| Parquet, 12 million records: wall to S3 .* 1.04 .* yes, both \\|"));
    }

    @Test
    void saysThatARunIsNotWhatTheyAreFor() {
        assertThat(text(Shape.ORDERS, 3_000_000, 4)).contains("this was less");
        assertThat(text(Shape.ORDERS, 2_999_999, 5)).contains("this was less");
        assertThat(text(Shape.PLAIN, 3_000_000, 5)).contains("this was less, or something else");
        assertThat(text(Shape.ORDERS, 3_000_000, 5)).doesNotContain("this was less");
    }

    private static String text(Shape shape, long records, int rounds) {
        return Goals.text(Samples.results(List.of(), shape, records, rounds));
    }

    private static List<Run> s3(long records, double diskSeconds, double s3Seconds) {
        return List.of(
                new Run("s3", "parquet-disk", 1, records, diskSeconds, 1, null, 0, ""),
                new Run("s3", "parquet-s3", 1, records, s3Seconds, 1, null, 0, ""));
    }

    private static Run run(String scenario, String entrant, double wallSeconds, double cpuSeconds) {
        return new Run(scenario, entrant, 1, 3_000_000, wallSeconds, cpuSeconds, 1_000_000L, 0, "");
    }
}
