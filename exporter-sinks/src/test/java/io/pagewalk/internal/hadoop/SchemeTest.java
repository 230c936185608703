package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemeTest {
    private static HadoopStorage open(String location, Map<String, String> properties) {
        return HadoopStorage.open(
                location, "tmp", "run", new HadoopSettings(List.of(), properties, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"viewfs://cluster/a", "webhdfs://host/a", "ftp://me:secret@host/a", "file:///a", "/a", "a:"})
    void refusesOtherSchemesAndNamesThoseItKnows(String location) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> open(location, Map.of()))
                .withMessageContaining("only [s3a, gs, hdfs, abfs, abfss]")
                .withMessageNotContaining("secret");
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
        try (HadoopStorage storage = open("s3a://no-such-bucket/out", Map.of("fs.s3a.endpoint", "127.0.0.1:1"))) {
            assertThat(storage.location()).isEqualTo("s3a://no-such-bucket/out");
            assertThat(storage.liveRuns()).isEmpty();
        }
    }
}
