package io.pagewalk.cli.document;

import io.pagewalk.plan.HeadRoom;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic's retention is from what a series has not exported.
 *
 * @param at when that was so
 * @param share of the retention's time that is left, from 0 to 1; null where time takes no record, or nobody can tell
 * @param ageMs the age of the oldest record that was not exported; 0 if there was none
 * @param retentionMs -1 where it is unlimited, -2 where it may not be read
 * @param retentionBytes likewise
 * @param offsets the least from the log start offset of a partition to where the next run begins
 */
record HeadRoomPart(
        String at, @Nullable Double share, long ageMs, long retentionMs, long retentionBytes, long offsets) {
    static @Nullable HeadRoomPart of(@Nullable HeadRoom room) {
        if (room == null) {
            return null;
        }
        OptionalDouble share = room.share();
        return new HeadRoomPart(
                room.at().toString(),
                share.isEmpty() ? null : share.getAsDouble(),
                room.age().toMillis(),
                room.retention().millis(),
                room.retention().bytes(),
                room.offsets());
    }
}
