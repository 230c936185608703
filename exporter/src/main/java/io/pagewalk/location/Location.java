package io.pagewalk.location;

import io.pagewalk.error.UsageException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place that an option or a claim names. Its text, as {@link Object#toString()} gives it, holds no credentials and is parsed
 * into an equal location.
 */
public sealed interface Location permits DirectoryLocation, KafkaTopic {
    /**
     * A place for an export's log: a directory, or {@code kafka:TOPIC}.
     *
     * @throws UsageException if the text is none; its message begins with the text
     */
    static Location parse(String text) {
        return text.startsWith(KafkaTopic.PREFIX) ? KafkaTopic.parse(text) : parseDirectory(text);
    }

    /**
     * A place for files: a path, a {@code file:} URI, or a URI of one of Hadoop's file systems.
     *
     * @throws UsageException if the text is none; its message begins with the text
     */
    static DirectoryLocation parseDirectory(String text) {
        Matcher scheme = Pattern.compile("([A-Za-z0-9]+):.*", Pattern.DOTALL).matcher(text);
        return scheme.matches() && HadoopDirectory.serves(scheme.group(1).toLowerCase(Locale.ROOT))
                ? HadoopDirectory.parse(text)
                : new LocalDirectory(
                        LocalPaths.parse(text, "a local path, or a URI of " + HadoopDirectory.SCHEME_NAMES));
    }
}
