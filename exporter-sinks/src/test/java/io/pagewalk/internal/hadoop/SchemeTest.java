package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemeTest {
    private static Storage open(String location, Map<String, String> properties) {
        HadoopProvider provider = new HadoopProvider();
        return provider.connect(PlaceSettings.of(properties, Duration.ofSeconds(1)))
                .open(provider.parse(location), "tmp", "run");
    }

    @Test
    void knowsItsSpellings() {
        assertThat(Scheme.spellings()).containsExactly("s3", "s3a", "hdfs", "gs", "abfs", "abfss");
        for (String spelling : Scheme.spellings()) {
            assertThat(Scheme.of(spelling)).hasToString(spelling.equals("s3") ? "s3a" : spelling);
        }
    }

    /** What nobody can tell, a deletion asks about. */
    @Test
    void tellsOfLiveRunsOnHdfsAlone() {
        HadoopProvider provider = new HadoopProvider();
        assertThat(provider.parse("hdfs:///a").tellsLiveRuns()).isTrue();
        assertThat(provider.parse("s3://bucket/a").tellsLiveRuns()).isFalse();
        assertThat(provider.parse("abfs://c@lake.dfs.core.windows.net/a").tellsLiveRuns())
                .isFalse();
    }

    @Test
    void saysWhichArtifactIsMissing() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> open("gs://bucket/out", Map.of()).list(""))
                .withMessageContaining("org.apache.hadoop:hadoop-gcp")
                .withMessageContaining("lib/ext");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() ->
                        open("abfs://c@lake.dfs.core.windows.net/out", Map.of()).list(""))
                .withMessageContaining("org.apache.hadoop:hadoop-azure");
    }

    @Test
    void refusesAnotherImplementationOfAScheme() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> open("gs://b/out", Map.of("fs.gs.impl", "com.google.cloud.hadoop.fs.gcs.X"))
                        .list(""))
                .withMessageContaining("fs.gs.impl");
    }

    @Test
    void touchesNothingWhenOpened() throws IOException {
        try (Storage storage = open("s3a://no-such-bucket/out", Map.of("fs.s3a.endpoint", "127.0.0.1:1"))) {
            assertThat(storage.location()).isEqualTo("s3a://no-such-bucket/out");
            assertThat(storage.liveRuns()).isEmpty();
        }
    }
}
