package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.log.LogName;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/** How one export's entries are called in a topic that several may share. Names of exports and topics have no {@code /}. */
final class LogKeys {
    private static final int DIGITS = 20;
    /** Sequences have 19 digits at most. */
    private static final String LEADING_ZERO = "0";

    private final String topic;
    private final LogName log;
    private final String prefix;

    /**
     * An entry.
     *
     * @param run whose log it is of
     * @param sequence its number
     */
    record Entry(int run, long sequence) implements Comparable<Entry> {
        private static final Comparator<Entry> ORDER =
                Comparator.comparingInt(Entry::run).thenComparingLong(Entry::sequence);

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }
    }

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
    String keyOf(Entry entry) {
        if (entry.sequence() < 0) {
            throw new IllegalArgumentException("not the number of an entry: " + entry.sequence());
        }
        String digits = Long.toString(entry.sequence());
        return prefix + entry.run() + "/" + LEADING_ZERO.repeat(DIGITS - digits.length()) + digits;
    }

    byte[] bytesOf(Entry entry) {
        return keyOf(entry).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytesOfExpiry(int run) {
        return keyOfExpiry(run).getBytes(StandardCharsets.UTF_8);
    }

    /** Of the record that a run, and all before it, expire. */
    String keyOfExpiry(int run) {
        return prefix + LogKey.expiry(run);
    }

    /** Whose logs they are, as {@link LogKey#log} says it. */
    String log() {
        return log.toString();
    }

    /** The entry of that key, or empty if it is none of this export's. */
    Optional<Entry> entryOf(byte[] key) {
        return LogKey.parse(key)
                .filter(parsed -> !parsed.isExpiry() && parsed.log().equals(log()))
                .map(LogKey::entry);
    }
}
