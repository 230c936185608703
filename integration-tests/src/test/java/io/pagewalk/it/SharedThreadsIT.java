package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.ExportPlace;
import io.pagewalk.ExportResult;
import io.pagewalk.FileSettings;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.Size;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that share the threads of one connection, and their readers. */
class SharedThreadsIT {
    @TempDir
    private Path directory;

    @Test
    void doesNotGiveARunWhatWasFetchedForATopicThatIsGone() throws Exception {
        String topic = Broker.topic("anew", 1);
        fill(topic, "old");
        try (Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).threads(1).open()) {
            // Its reader has fetched ahead from offset 100 on, where the next run begins.
            ExportResult first = pagewalk.export(spec(topic, 0), place("old"))
                    .run(RunOptions.builder().maxPages(1L).build());
            assertThat(first.figures().totals().records()).isEqualTo(100);
            Broker.recreate(topic, 1);
            fill(topic, "new");

            pagewalk.export(spec(topic, 100), place("new")).run(RunOptions.defaults());
        }

        assertThat(new Output(directory.resolve("new")).rows())
                .hasSize(900)
                .allMatch(row -> new String(Base64.getDecoder().decode(row.value()), UTF_8).startsWith("new"));
    }

    @Test
    void runsManyExportsOnTwoThreads() throws Exception {
        try (Records first = Records.filled("many", 500, 500);
                Records second = Records.filled("more", 700);
                Pagewalk pagewalk =
                        Pagewalk.connect(Broker.servers()).threads(2).open()) {
            List<CompletableFuture<Void>> runs = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        Records records = i % 2 == 0 ? first : second;
                        Path output = directory.resolve("out" + i);
                        pagewalk.export(spec(records.topic(), 0), ExportPlace.of(output.toString()))
                                .run(RunOptions.defaults());
                        assertThat(new Output(output).rows()).isEqualTo(records.rows());
                    }))
                    .toList();

            runs.forEach(CompletableFuture::join);

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("slice-"))
                    .hasSize(2);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("slice-"));
    }

    private ExportPlace place(String name) {
        return ExportPlace.of(directory.resolve(name).toString());
    }

    private static ExportSpec spec(String topic, long from) {
        return ExportSpec.builder(topic, FileSettings.parquet().pin())
                .from(new OffsetBound.AtOffset(from))
                .keys(PayloadFormat.BYTES)
                .values(PayloadFormat.BYTES)
                .headers(PayloadFormat.BYTES)
                .pageSize(Size.records(100))
                .fileSize(Size.records(50))
                .build();
    }

    private static void fill(String topic, String value) {
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 1000; i++) {
                records.forget(0, null, (value + i).getBytes(UTF_8));
            }
        }
    }
}
