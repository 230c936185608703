package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory does not grow with the topic, nor with what a batch unpacks to. */
class MemoryIT {
    private static final int VALUE_BYTES = 50_000;
    private static final int RECORDS = 20_000;

    private static String large;

    @TempDir
    Path output;

    /** A gigabyte in two partitions, four times the heap it is exported with. */
    @BeforeAll
    static void produce() {
        large = Broker.topic("gigabyte", 2);
        byte[] value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) 'x');
        try (Records records = Records.into(large, Map.of("compression.type", "zstd", "batch.size", 1_000_000))) {
            for (int i = 0; i < RECORDS; i++) {
                records.forget(i % 2, Integer.toString(i).getBytes(StandardCharsets.UTF_8), value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "parquet")
    @LongCases("jsonl")
    void exportsATopicFourTimesAsLargeAsItsHeap(String format) throws Exception {
        export(large, "--format", format, "--threads", "2", "--page-size", "600MB");

        assertThat(summary(format))
                .isEqualTo(List.of(List.of(
                        Integer.toString(RECORDS),
                        Integer.toString(RECORDS),
                        Long.toString((long) RECORDS * VALUE_BYTES))));
    }

    /** One batch of a few kilobytes that unpacks to more than half the heap. */
    @ParameterizedTest
    @ValueSource(strings = "parquet")
    @LongCases("jsonl")
    void takesABatchThatUnpacksToAThousandTimesItsSize(String format) throws Exception {
        int count = 2800;
        String topic = Broker.topic("bomb", 1);
        byte[] value = new byte[VALUE_BYTES];
        Map<String, Object> oneBatch = Map.of(
                "compression.type",
                "zstd",
                "batch.size",
                150_000_000,
                "buffer.memory",
                160_000_000L,
                "linger.ms",
                60_000);
        try (Records records = Records.into(topic, oneBatch)) {
            for (int i = 0; i < count; i++) {
                records.forget(0, Integer.toString(i).getBytes(StandardCharsets.UTF_8), value);
            }
        }

        export(topic, "--format", format, "--threads", "2", "--page-size", "1400", "--file-size", "700");

        assertThat(summary(format))
                .isEqualTo(List.of(List.of(
                        Integer.toString(count), Integer.toString(count), Long.toString((long) count * VALUE_BYTES))));
    }

    @Test
    void saysSoWhenMemoryRunsOut() throws Exception {
        Records records = Records.into(
                Broker.topic("toolarge", 1, Map.of("max.message.bytes", "40000000")),
                Map.of("max.request.size", 40_000_000, "compression.type", "none"));
        try (records;
                CliProcess process = CliProcess.start(
                        List.of("-Xmx40m"),
                        Map.of(),
                        Cli.exportArguments(
                                records.send(0, null, new byte[30_000_000])
                                        .flush()
                                        .topic(),
                                output))) {
            assertThat(process.await().exits(1).error()).startsWith("out of memory");
        }

        Cli.export(records.topic(), output).exits(0);
        assertThat(new Output(output).rows()).isEqualTo(records.rows());
    }

    private void export(String topic, String... more) throws Exception {
        try (CliProcess process =
                CliProcess.start(List.of("-Xmx256m"), Map.of(), Cli.exportArguments(topic, output, more))) {
            process.await().exits(0);
        }
        new Output(output).assertComplete(topic);
    }

    /** Records, distinct keys, bytes of values. */
    private List<List<String>> summary(String format) {
        return DuckDb.query(
                format.equals("parquet")
                        ? "SELECT count(*), count(DISTINCT key), sum(octet_length(value)) FROM read_parquet('" + output
                                + "/*.parquet')"
                        : "SELECT count(*), count(DISTINCT key), sum(octet_length(from_base64(value))) FROM "
                                + DuckDb.jsonlTable(output, "VARCHAR"));
    }
}
