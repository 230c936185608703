package io.pagewalk.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a data file: {@code <topic>-<partition>-<start>-<end>-<generation>-<digest>} and the format's extension. Start
 * and end have 20 digits, like the names of Kafka's own log segments, so that names sort as offsets do.
 *
 * <p>It says everything that the file's bytes depend on, except the topic's records and the export's own log. So two plans
 * that would write different bytes never share a name.
 *
 * @param topicPart the topic as names have it
 * @param partition the partition
 * @param range the planned slice, whether each of its offsets has a record or not
 * @param generation which of the topic's exports into this output the file belongs to
 * @param digest 12 hexadecimal digits over what else shapes the file
 * @param extension how the name ends, with the dot
 */
public record DataFileName(
        String topicPart, int partition, OffsetRange range, int generation, String digest, String extension) {
    /**
     * Leaves room for the longest of the other parts in the 255 bytes that file systems give a name: ten digits each for
     * partition and generation, and an extension of ten.
     */
    private static final int MAX_TOPIC_PART = 165;

    private static final int TOPIC_DIGEST_BYTES = 16;
    /** Topics cannot have this sign, so what has it was made here. DuckDB takes one at the beginning for the home directory. */
    private static final String SIGN = "~";

    private static final String BEGINNING = "topic" + SIGN;

    /** From the right: a topic's name may itself end in what looks like a partition. */
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9._~-]+)-([0-9]{1,10})-([0-9]{20})-([0-9]{20})-([1-9][0-9]{0,9})-([0-9a-f]{12})"
                    + "((?=.{2,10}\\z)(?:\\.[a-z0-9]+)+)");

    public static final Pattern DIGEST = Pattern.compile("[0-9a-f]{12}");
    public static final Pattern EXTENSION = Pattern.compile("(?=.{2,10}\\z)(?:\\.[a-z0-9]+)+");

    /** Takes a name apart; empty if it is not that of a data file. */
    public static Optional<DataFileName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DataFileName(
                    matcher.group(1),
                    Integer.parseInt(matcher.group(2)),
                    new OffsetRange(Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(4))),
                    Integer.parseInt(matcher.group(5)),
                    matcher.group(6),
                    matcher.group(7)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Likewise, of a path within an output: in itself, or in a directory of a window. */
    public static Optional<DataFileName> ofPath(String path) {
        String directory = WindowDirectories.of(path);
        if (directory.isEmpty()) {
            return parse(path);
        }
        return WindowDirectories.isOne(directory) ? parse(path.substring(directory.length() + 1)) : Optional.empty();
    }

    public boolean isOfTopic(String topic) {
        return topicPart.equals(partOf(topic));
    }

    /** Whether it is a name of the slice's file, in whatever generation and format. */
    public boolean isOfSlice(Slice slice) {
        return isOfTopic(slice.topicPartition().topic())
                && partition == slice.partition()
                && range.equals(slice.range());
    }

    /** The name itself. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s-%d-%020d-%020d-%d-%s%s",
                topicPart,
                partition,
                range.start(),
                range.end(),
                generation,
                digest,
                extension);
    }

    /**
     * The topic as names have it. Engines hide files that begin with {@code _} or {@code .}, and commands take one that begins
     * with {@code -} for an option, so those get a beginning of their own; a topic that is too long is cut, and told apart by a
     * digest.
     */
    public static String partOf(String topic) {
        String part = "_.-".indexOf(topic.charAt(0)) < 0 ? topic : BEGINNING + topic;
        if (part.length() <= MAX_TOPIC_PART) {
            return part;
        }
        String hex = sha256(topic).substring(0, 2 * TOPIC_DIGEST_BYTES);
        return part.substring(0, MAX_TOPIC_PART - hex.length() - 1) + SIGN + hex;
    }

    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
