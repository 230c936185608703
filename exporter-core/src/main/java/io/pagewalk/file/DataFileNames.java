package io.pagewalk.file;

import io.pagewalk.model.Slice;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of data files, like those of Kafka's own log segments: {@code <topic>-<partition>-<20-digit start offset>} and the
 * format's extension. A name depends on the planned slice alone, never on what was read.
 */
public final class DataFileNames {
    private DataFileNames() {}

    public static String nameOf(Slice slice, String extension) {
        return String.format(
                Locale.ROOT, "%s-%020d%s", slice.topicPartition(), slice.range().start(), extension);
    }

    /** Matches every name a data file of {@code topic} can have, in any format. */
    public static Pattern patternFor(String topic) {
        return Pattern.compile(Pattern.quote(topic) + "-[0-9]+-[0-9]{20}\\.(parquet|jsonl|jsonl\\.zst|jsonl\\.gz)");
    }
}
