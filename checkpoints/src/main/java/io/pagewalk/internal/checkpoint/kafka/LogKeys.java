package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.log.LogName;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** How one export's entries are called in a topic that several may share. Names of exports and topics have no {@code /}. */
final class LogKeys {
    private static final int DIGITS = 20;
    /** Sequences have 19 digits at most. */
    private static final String LEADING_ZERO = "0";

    private final String topic;
    private final LogName log;
    private final String prefix;

    LogKeys(String topic, LogName log) {
        this.topic = topic;
        this.log = log;
        this.prefix = log + "/";
    }

    String exportId() {
        return log.exportId();
    }

    /** The run that used it last owns the log. A run of a deleted generation has another one, so it fences nobody. */
    String transactionalId() {
        return "pagewalk/" + topic + "/" + log.exportId() + "/" + log.generation();
    }

    /** Each entry has a key of its own, so that compaction keeps all of them. */
    String keyOf(long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("not the number of an entry: " + sequence);
        }
        String digits = Long.toString(sequence);
        return prefix + LEADING_ZERO.repeat(DIGITS - digits.length()) + digits;
    }

    byte[] bytesOf(long sequence) {
        return keyOf(sequence).getBytes(StandardCharsets.UTF_8);
    }

    /** The entry's number, or empty if the key is none of this export's. */
    OptionalLong sequenceOf(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        if (text.length() != prefix.length() + DIGITS || !text.startsWith(prefix + LEADING_ZERO)) {
            return OptionalLong.empty();
        }
        String digits = text.substring(prefix.length());
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
