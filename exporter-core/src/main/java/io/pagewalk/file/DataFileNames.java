package io.pagewalk.file;

import io.pagewalk.model.Slice;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of data files, like those of Kafka's own log segments: {@code <topic>-<partition>-<20-digit start offset>} and the
 * format's extension. A name depends on the planned slice alone, never on what was read.
 */
public final class DataFileNames {
    private static final String EXTENSIONS = "\\.(parquet|jsonl|jsonl\\.zst|jsonl\\.gz)";
    private static final Pattern ANY = Pattern.compile("([A-Za-z0-9._~-]+-[0-9]+-[0-9]{20})" + EXTENSIONS);

    private DataFileNames() {}

    public static String nameOf(Slice slice, String extension) {
        return String.format(
                Locale.ROOT, "%s-%020d%s", slice.topicPartition(), slice.range().start(), extension);
    }

    /** Matches every name a data file of {@code topic} can have, in any format. */
    public static Pattern patternFor(String topic) {
        return Pattern.compile(Pattern.quote(topic) + "-[0-9]+-[0-9]{20}" + EXTENSIONS);
    }

    /** A data file's name without its ending, which is that of its format; empty if it is not named like a data file. */
    public static Optional<String> stemOf(String name) {
        Matcher matcher = ANY.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether a name is one that a data file of some topic can have; such a name has no directories. */
    public static boolean isValid(String name) {
        return ANY.matcher(name).matches();
    }
}
