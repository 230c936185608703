package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bound by time is where the log crosses that time, whatever single records say. */
class TimeBoundsIT {
    private static final long DAY = 86_400_000;
    private static final long JAN_1 = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_2030 = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

    @TempDir
    Path output;

    @Test
    void aRecordOfTheFutureDoesNotEmptyTheDay() {
        try (Records records = produced("stray", 10_000, i -> i == 5 ? YEAR_2030 : JAN_1 + i * DAY / 10_000)) {
            Cli.export(records.topic(), output, "--from", "2026-01-01", "--to", "2026-01-02")
                    .exits(0);

            assertExported(records.rows());
        }
    }

    private void assertExported(List<Row> expected) {
        assertThat(new Output(output).rows()).isEqualTo(expected);
    }

    private static Records produced(String purpose, int count, LongUnaryOperator timestamp) {
        Records records = Records.into(Broker.topic(
                purpose,
                1,
                Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "retention.ms", "-1")));
        for (int i = 0; i < count; i++) {
            records.send(0, timestamp.applyAsLong(i), new byte[] {1}, new byte[] {(byte) i});
        }
        return records.flush();
    }
}
