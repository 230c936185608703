package io.pagewalk.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options an export was started with, by name. They shape its output, so every later run of it keeps them.
 *
 * @param requested as they were asked for, in canonical text
 * @param resolved what was decided from them once, at the freeze: formats, sizes in records, settings of the file format
 */
public record PinnedOptions(Map<String, String> requested, Map<String, String> resolved) {
    public PinnedOptions {
        requested = Collections.unmodifiableMap(new LinkedHashMap<>(requested));
        resolved = Collections.unmodifiableMap(new LinkedHashMap<>(resolved));
    }

    /**
     * How a later request differs: a line an option, such as {@code --format jsonl (the export has parquet)}. An option
     * given as what it was resolved to is no difference.
     */
    public List<String> differencesTo(Map<String, String> given) {
        List<String> differences = new ArrayList<>();
        requested.forEach((name, pinned) -> {
            String value = given.getOrDefault(name, "");
            if (!value.equals(pinned) && !value.equals(resolved.get(name))) {
                differences.add("--" + name + " " + value + " (the export has " + pinned + ")");
            }
        });
        return differences;
    }
}
