package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export holds exactly what its bounds say, whichever way they are written. */
class BoundsIT {
    private static final long DAY = 86_400_000;
    private static final long FIRST_DAY = Instant.parse("2024-02-28T00:00:00Z").toEpochMilli();

    private static Records records;

    @TempDir
    Path output;

    /** Six partitions; partition 5 is empty; the others have a record every six hours over three days. */
    @BeforeAll
    static void produce() {
        records = Records.filled("bounds", 0, 0, 0, 0, 0, 0);
        for (int partition = 0; partition < 5; partition++) {
            for (int i = 0; i < 12; i++) {
                records.send(partition, FIRST_DAY + i * DAY / 4 + partition, new byte[] {(byte) i}, new byte[] {1});
            }
        }
        records.flush();
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void aDateIsItsFirstMomentInUtc() {
        long leapDay = Instant.parse("2024-02-29T00:00:00Z").toEpochMilli();

        assertExported(
                row -> row.timestamp() >= leapDay && row.timestamp() < leapDay + DAY,
                "--from",
                "2024-02-29",
                "--to",
                "2024-03-01");
    }

    @Test
    void anInstantIsInclusiveAsStartAndExclusiveAsEnd() {
        long from = FIRST_DAY + DAY / 4 + 2;
        long to = FIRST_DAY + DAY + 1;

        assertExported(
                row -> row.timestamp() >= from && row.timestamp() < to,
                "--from",
                Instant.ofEpochMilli(from).toString(),
                "--to",
                "2024-02-29T02:00:00.001+02:00");
    }

    @Test
    void anOffsetIsInclusiveAsStartAndExclusiveAsEnd() {
        assertExported(row -> row.offset() >= 3 && row.offset() < 9, "--from", "offset:3", "--to", "offset:9");
    }

    @Test
    void anOffsetIsClampedToWhatExists() {
        assertExported(row -> row.offset() >= 10, "--from", "offset:10", "--to", "offset:1000000");
    }

    @Test
    void boundsThatMeetGiveACompleteExportOfNothing() {
        assertExported(row -> false, "--from", "2030-01-01", "--to", "offset:3");
    }

    @Test
    void partitionsAreChosenByNumbersAndRanges() {
        assertExported(
                row -> row.partition() == 0 || row.partition() >= 3, "--partitions", "0,3-5", "--direction", "desc");
    }

    private void assertExported(Predicate<Row> expected, String... bounds) {
        List<Row> rows = records.rows().stream().filter(expected).toList();

        Cli.export(records.topic(), output, bounds).exits(0);

        assertThat(new Output(output).rows()).isEqualTo(rows);
        new Output(output).assertComplete(records.topic());
    }
}
