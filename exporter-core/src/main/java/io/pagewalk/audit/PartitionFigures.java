package io.pagewalk.audit;

import io.pagewalk.model.OffsetRange;
import org.jspecify.annotations.Nullable;

/**
 * What was found of one partition.
 *
 * @param range its part of the extent
 * @param offsets how many of them are in files that the log lists
 * @param files how many files those are
 * @param records the records in them, by the log
 * @param gaps how many offsets of the files hold no record and are not on record as lost
 * @param lost how many of the extent's offsets are on record as lost
 * @param digest the sum of the records' digests, or null if records were not decoded
 * @param topic how the topic compares, or null if it was not asked
 */
public record PartitionFigures(
        OffsetRange range,
        long offsets,
        long files,
        long records,
        long gaps,
        long lost,
        @Nullable Digest digest,
        @Nullable TopicFigures topic) {
    /**
     * How a partition's files compare with the topic as it is now, in records.
     *
     * @param same in both, and the same
     * @param expired in the files, below the current log start
     * @param compacted in the files, no longer in the topic, which compacts
     * @param missing in the topic, not in the files
     * @param returned in the topic, not in the files, and on record as lost: a broker that is killed forgets a log start that
     *     it has moved within the last minute
     * @param unexplained in the files, not in the topic, which neither compacts nor has let go of them
     * @param differing in both, with another content
     */
    public record TopicFigures(
            long same, long expired, long compacted, long missing, long returned, long unexplained, long differing) {
        /** Nothing compared. */
        public static final TopicFigures NONE = new TopicFigures(0, 0, 0, 0, 0, 0, 0);

        public TopicFigures plus(TopicFigures other) {
            return new TopicFigures(
                    same + other.same,
                    expired + other.expired,
                    compacted + other.compacted,
                    missing + other.missing,
                    returned + other.returned,
                    unexplained + other.unexplained,
                    differing + other.differing);
        }
    }
}
