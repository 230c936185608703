package io.pagewalk.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathsTest {
    @ParameterizedTest
    @CsvSource({
        "/data/orders, /data/orders",
        "/data/../data/orders/, /data/orders",
        "file:/data/orders, /data/orders",
        "file:///data/or%20ders, /data/or ders",
        "FILE://localhost/data, /data",
        "/data/a:b, /data/a:b"
    })
    void takesPathsAndFileUris(String text, String path) {
        assertThat(LocalPaths.parse(text)).isEqualTo(Path.of(path));
    }

    @Test
    void resolvesRelativePaths() {
        assertThat(LocalPaths.parse("./a:b")).isEqualTo(Path.of("a:b").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/x, s3",
        "s3a:x, s3a",
        "hdfs:///x, hdfs",
        "s3_x://y, s3_x",
        "C:\\data, C",
        "a:b, a",
        ":x, ''"
    })
    void refusesOtherSchemesByName(String text, String scheme) {
        assertThatThrownBy(() -> LocalPaths.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the scheme '" + scheme + "' is not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "file:relative",
                "file://host/data",
                "file:///a?b",
                "file:///a#b",
                "file:///a b",
                "file:",
                "~/x"
            })
    void refusesWhatWouldNotBeWhatItLooksLike(String text) {
        assertThatThrownBy(() -> LocalPaths.parse(text)).isInstanceOf(UsageException.class);
    }
}
