package io.pagewalk.internal.checkpoint.kafka;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one export's logs hold, of all its runs, as far as its topic was read. Confined to one thread. */
final class LogContents {
    private final NavigableMap<LogKeys.Entry, Long> offsets = new TreeMap<>();
    private final NavigableMap<Integer, byte[]> expiries = new TreeMap<>();
    private LogEvents.Place place = new LogEvents.Place();

    /** The entries: where they are in the topic. */
    NavigableMap<LogKeys.Entry, Long> offsets() {
        return offsets;
    }

    /** Likewise, of one run. */
    NavigableMap<LogKeys.Entry, Long> offsets(int run) {
        return offsets.subMap(new LogKeys.Entry(run, 0), true, new LogKeys.Entry(run, Long.MAX_VALUE), true);
    }

    /** The records of expiry, by run; a new one makes the one before superfluous. */
    NavigableMap<Integer, byte[]> expiries() {
        return expiries;
    }

    void found(LogKeys.Entry entry, long offset) {
        offsets.put(entry, offset);
    }

    void removed(LogKeys.Entry entry) {
        offsets.remove(entry);
    }

    /** @param record null if it was removed */
    void expired(int run, byte @Nullable [] record) {
        if (record == null) {
            expiries.remove(run);
        } else {
            expiries.put(run, record);
        }
    }

    /** Takes over what has come since it was told last. */
    void follow(LogEvents events) {
        events.tell(place, this);
    }

    void forget() {
        offsets.clear();
        expiries.clear();
        place = new LogEvents.Place();
    }
}
