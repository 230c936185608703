package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic by several exports side by side, as the indexed job of Kubernetes runs them. */
class SharesIT {
    private static final int SHARES = 3;

    @TempDir
    Path dir;

    @Test
    void haveAllRecordsBetweenThemAndEachOnceThoughOneWasKilled() {
        try (Records records = Records.filled("shares", 40, 0, 30, 1, 25, 60, 7)) {
            share(records, 1, "--max-pages", "1").exits(3);
            for (int index = 0; index < SHARES; index++) {
                share(records, index).exits(0);
            }

            List<Row> rows = new ArrayList<>();
            for (int index = 0; index < SHARES; index++) {
                rows.addAll(new Output(dir.resolve("share-" + index)).rows());
            }
            rows.sort(Comparator.comparingInt(Row::partition).thenComparingLong(Row::offset));
            assertThat(rows).isEqualTo(records.rows());
        }
    }

    @Test
    void oneWithoutAPartitionIsRefused() {
        try (Records records = Records.filled("fewshares", 1, 1)) {
            assertThat(share(records, 2).exits(2).error()).contains("share 2/3 of topic", "the topic has 2");
        }
    }

    private Cli.Result share(Records records, int index, String... more) {
        String[] arguments = Stream.concat(Stream.of("--page-size", "10", "--file-size", "5"), Stream.of(more))
                .toArray(String[]::new);
        return Cli.run(
                Map.of("PAGEWALK_PARTITIONS", index + "/" + SHARES),
                "",
                Cli.exportArguments(records.topic(), dir.resolve("share-" + index), arguments));
    }
}
