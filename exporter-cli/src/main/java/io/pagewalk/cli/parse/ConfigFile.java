package io.pagewalk.cli.parse;

import io.pagewalk.cli.failure.Failure;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.LocalPaths;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of the file that {@code --config} names.
 *
 * @param path where it is; null if there is none
 * @param values texts by the names of options, without their dashes
 */
public record ConfigFile(@Nullable Path path, Map<String, String> values) {
    public static final String OPTION = "--config";
    static final String VARIABLE = "PAGEWALK_CONFIG";

    static final ConfigFile NONE = new ConfigFile(null, Map.of());

    /**
     * Reads the file.
     *
     * @param known the keys there may be
     * @throws UsageException if it cannot be read, or has another key
     */
    static ConfigFile read(String name, Set<String> known) {
        Path path;
        try {
            path = LocalPaths.parse(name);
        } catch (UsageException e) {
            throw new UsageException(OPTION + " " + Failure.of(e).message(), e);
        }
        Map<String, String> values = PropertiesFile.read(OPTION, path);
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new UsageException(OPTION + " " + path + ": unknown key '" + key + "'" + hint(key, known)
                        + "; keys are the names of options without their dashes");
            }
        }
        return new ConfigFile(path, values);
    }

    private static String hint(String key, Set<String> known) {
        String likely =
                key.replaceFirst("^--", "").replace('_', '-').replace('.', '-').toLowerCase(Locale.ROOT);
        return known.contains(likely) ? " (did you mean " + likely + "?)" : "";
    }
}
