package io.pagewalk.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums over all columns are exact, of three versions of a schema, though the process was killed again and again, and the registry, too. */
class TypedMillionIT {
    @TempDir
    Path dir;

    @Test
    void sumsAreExactAfterFiveKillsAndWithoutTheRegistry() throws Exception {
        assertSums(60_000);
    }

    @Test
    @LongTest
    void sumsOverAMillionRecordsAreExact() throws Exception {
        assertSums(1_000_000);
    }

    private void assertSums(int records) throws Exception {
        Path out = dir.resolve("out");
        List<String> expected = KilledTypedExport.of(records, out);

        assertThat(DuckDb.query(EvolvingOrders.query("read_parquet('" + out + "/*.parquet')")))
                .containsExactly(expected);
    }
}
