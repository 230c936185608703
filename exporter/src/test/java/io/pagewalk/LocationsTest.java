package io.pagewalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.Location;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {
    @ParameterizedTest
    @CsvSource({
        "/data/orders, /data/orders",
        "file:///data/orders, /data/orders",
        "s3a://bucket, s3a://bucket/",
        "s3a://bucket/, s3a://bucket/",
        "s3://bucket/a b/c%20d/, s3a://bucket/a b/c%20d",
        "S3A://bucket/x=1, s3a://bucket/x=1",
        "hdfs:///data, hdfs:///data",
        "hdfs://name:8020/data, hdfs://name:8020/data",
        "gs://bucket/x, gs://bucket/x",
        "abfss://container@account.dfs.core.windows.net/x, abfss://container@account.dfs.core.windows.net/x",
        "kafka:pagewalk-checkpoints, kafka:pagewalk-checkpoints"
    })
    void isParsedFromItsOwnText(String text, String shown) {
        Location location = Locations.parse(text);

        assertThat(location).hasToString(shown).isEqualTo(Locations.parse(shown));
    }

    @Test
    void isNotTakenForAnotherBecauseOfItsSpelling() {
        assertThat(Locations.parse("s3://bucket/x/")).isEqualTo(Locations.parse("s3a://bucket/x"));
        assertThat(Locations.parse("out/../out")).isEqualTo(Locations.directory(Path.of("out")));
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://bucket, s3a://bucket/_pagewalk",
        "s3a://bucket/x, s3a://bucket/x/_pagewalk",
        "/data, /data/_pagewalk"
    })
    void leadsToTheDirectoriesInIt(String text, String inIt) {
        assertThat(Locations.parseDirectory(text).resolve("_pagewalk")).isEqualTo(Locations.parse(inIt));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3a:bucket/x",
                "s3a:/bucket/x",
                "s3a:///x",
                "s3a://bucket//x",
                "s3a://bucket/../x",
                "s3a://bucket/./x",
                "s3a://bucket?x",
                "kafka:",
                "kafka:a/b",
                "kafka://topic",
                "ftp://host/x"
            })
    void refusesWhatWouldNotBeWhatItLooksLike(String text) {
        assertThatThrownBy(() -> Locations.parse(text)).isInstanceOf(UsageException.class);
    }

    @Test
    void namesTheSchemesThereAreAndNoFolderThatLooksLikeAUri() {
        assertThatThrownBy(() -> Locations.parse("wasb://container/x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(
                        "the scheme 'wasb' is not supported; give a local path, or a URI of s3, s3a, hdfs")
                .hasMessageNotContaining("./");
    }

    @Test
    void keepsNoFilesInATopic() {
        assertThatThrownBy(() -> Locations.parseDirectory("kafka:topic"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the scheme 'kafka' is not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://key:pla1nted@bucket/x", "hdfs://user:pla1nted@host/x", "abfs://a:pla1nted@b/x"})
    void refusesCredentialsAndDoesNotRepeatThem(String text) {
        assertThatThrownBy(() -> Locations.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("pla1nted");
    }
}
