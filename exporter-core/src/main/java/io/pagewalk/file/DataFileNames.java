package io.pagewalk.file;

import io.pagewalk.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of data files, like those of Kafka's own log segments: {@code <topic>-<partition>-<20-digit start offset>} and the
 * format's extension. A name depends on the planned slice alone, never on what was read.
 */
public final class DataFileNames {
    /** Leaves room for the longest partition, offset and extension in the 255 bytes that file systems give a name. */
    private static final int MAX_TOPIC = 200;

    private static final int DIGEST_BYTES = 16;
    private static final String EXTENSIONS = "\\.(parquet|jsonl|jsonl\\.zst|jsonl\\.gz)";
    private static final Pattern ANY = Pattern.compile("([A-Za-z0-9._~-]+-[0-9]+-[0-9]{20})" + EXTENSIONS);

    private DataFileNames() {}

    public static String nameOf(Slice slice, String extension) {
        return String.format(
                Locale.ROOT,
                "%s-%d-%020d%s",
                nameOf(slice.topicPartition().topic()),
                slice.partition(),
                slice.range().start(),
                extension);
    }

    /** Whether the name is that of the slice's data file, in any format. */
    public static boolean isNameOf(Slice slice, String name) {
        String stem = nameOf(slice, "");
        return name.startsWith(stem) && name.substring(stem.length()).matches(EXTENSIONS);
    }

    /** Matches every name a data file of {@code topic} can have, in any format. */
    public static Pattern patternFor(String topic) {
        return Pattern.compile(Pattern.quote(nameOf(topic)) + "-[0-9]+-[0-9]{20}" + EXTENSIONS);
    }

    /** A data file's name without its ending, which is that of its format; empty if it is not named like a data file. */
    public static Optional<String> stemOf(String name) {
        Matcher matcher = ANY.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The topic, or if it is too long its beginning and a digest, told apart by a sign that topics cannot have. */
    private static String nameOf(String topic) {
        if (topic.length() <= MAX_TOPIC) {
            return topic;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(topic.getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
            return topic.substring(0, MAX_TOPIC - hex.length() - 1) + "~" + hex;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
