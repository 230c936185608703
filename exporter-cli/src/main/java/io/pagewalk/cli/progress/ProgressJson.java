package io.pagewalk.cli.progress;

import io.pagewalk.cli.text.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Progress for programs: an object a line. */
final class ProgressJson {
    private ProgressJson() {}

    static String line(String exportId, ProgressSample sample) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("exportId", exportId);
        line.put("elapsedMs", sample.elapsed().toMillis());
        line.put("records", sample.records());
        line.put("bytes", sample.bytes());
        line.put("pages", sample.pages());
        line.put("offsets", sample.doneOffsets());
        line.put("totalOffsets", sample.totalOffsets());
        Duration remaining = sample.remaining();
        line.put("remainingMs", remaining == null ? null : remaining.toMillis());
        return Json.line(line);
    }
}
