package io.pagewalk.internal.checkpoint.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a topic says of one export's logs, in the topic's order: which entries came, where they are, and which were removed. An entry
 * takes some bytes, so that those of all exports can be kept while a command goes through them. Confined to one thread at a time.
 */
final class LogEvents {
    private static final int MOST_BYTES_OF_ONE = 25;

    private ByteBuffer entries = ByteBuffer.allocate(2 * MOST_BYTES_OF_ONE);
    private final List<Expiry> expiries = new ArrayList<>();
    private long expiryBytes;

    private static final class Expiry {
        private final int run;
        /** Null if it was removed. */
        private final byte @Nullable [] record;

        Expiry(int run, byte @Nullable [] record) {
            this.run = run;
            this.record = record;
        }
    }

    /**
     * Adds what a record says.
     *
     * @param content of the record; null if it removes
     */
    void add(LogKey key, long offset, byte @Nullable [] content) {
        if (key.isExpiry()) {
            expiries.add(new Expiry(key.run(), content));
            expiryBytes += MOST_BYTES_OF_ONE + (content == null ? 0 : content.length);
            return;
        }
        if (entries.remaining() < MOST_BYTES_OF_ONE) {
            entries = ByteBuffer.wrap(Arrays.copyOf(entries.array(), 2 * entries.capacity()))
                    .position(entries.position());
        }
        ByteUtils.writeVarint(key.run(), entries);
        ByteUtils.writeVarlong(key.sequence(), entries);
        // The complement tells that it was removed there.
        ByteUtils.writeVarlong(content == null ? ~offset : offset, entries);
    }

    /** What it takes, about. */
    long bytes() {
        return entries.capacity() + expiryBytes;
    }

    /** Tells what has been added since that place, and moves it to the end. */
    void tell(Place place, LogContents contents) {
        ByteBuffer added = entries.duplicate().flip().position(place.entries);
        while (added.hasRemaining()) {
            LogKeys.Entry entry = new LogKeys.Entry(ByteUtils.readVarint(added), ByteUtils.readVarlong(added));
            long offset = ByteUtils.readVarlong(added);
            if (offset < 0) {
                contents.removed(entry);
            } else {
                contents.found(entry, offset);
            }
        }
        for (Expiry expiry : expiries.subList(place.expiries, expiries.size())) {
            contents.expired(expiry.run, expiry.record);
        }
        place.entries = entries.position();
        place.expiries = expiries.size();
    }

    /** How much has been told. */
    static final class Place {
        private int entries;
        private int expiries;
    }
}
