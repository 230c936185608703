package io.pagewalk.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapServersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9092", "a:1,b:2", "a:1 , b:65535", "[::1]:9092", "10.0.0.1:9092", "PLAINTEXT://a:9092"
            })
    void takesHostsWithPorts(String servers) {
        settings(servers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "localhost | 'localhost' has no port",
                "a:1,localhost | 'localhost' has no port",
                "10.0.0.1 | '10.0.0.1' has no port",
                "localhost: | 'localhost:' has no port",
                "localhost:http | 'localhost:http' has no port",
                "localhost:0 | 'localhost:0' has a port that is not",
                "localhost:70000 | 'localhost:70000' has a port that is not",
                "http://localhost/x | 'http://localhost/x' cannot",
                "a:1, | '' is empty",
                "a:1 b:2 | 'a:1 b:2' cannot",
                "kafka://user:secret@host | 'host' cannot"
            })
    void tellsWhichServerIsNotHostAndPort(String servers, String told) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> settings(servers))
                .withMessageContaining("bootstrap server " + told)
                .withMessageContaining("HOST:PORT")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    private static void settings(String servers) {
        KafkaSettings unused = new KafkaSettings(servers, Map.of(), Duration.ofSeconds(1));
    }
}
