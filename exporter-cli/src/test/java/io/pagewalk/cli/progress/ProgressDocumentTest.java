package io.pagewalk.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.document.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressDocumentTest {
    @Test
    void hasTheseMembers() {
        assertThat(line(new ProgressSample(Duration.ofSeconds(1), 2, 3, 4, 50, 100, 0)))
                .isEqualTo("{\"exportId\":\"nightly\",\"elapsedMs\":1000,\"records\":2,\"bytes\":3,\"pages\":4,"
                        + "\"offsets\":50,\"totalOffsets\":100,\"remainingMs\":1000}");
        assertThat(line(new ProgressSample(Duration.ofSeconds(1), 2, 3, 4, 50, 100, 50)))
                .endsWith(",\"remainingMs\":null}");
    }

    private static String line(ProgressSample sample) {
        return Json.line(ProgressDocument.of("nightly", sample));
    }
}
