package io.pagewalk.spi;

import io.pagewalk.model.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A published data file, as a checkpoint lists it: one planned slice, one file. Each offset of the slice counts once: it has a
 * record in the file, or was set aside, or else it is on record as lost, or is elsewhere, or else it is a gap.
 *
 * @param slice the slice the file was planned for
 * @param name the file's name relative to the output
 * @param content what the file holds
 * @param lost how many offsets of the slice have no record in it because they are lost
 * @param gaps how many have none though they are neither lost nor elsewhere
 * @param elsewhere how many have none because the export is not made of them: another one has their records
 * @param bytes the file's size
 * @param checksum the algorithm and value over the file's bytes, such as {@code crc32c:1a2b3c4d}
 * @param outside how many of its records are dated outside of the times that the export asked for
 * @param deadLetters the slice's records that were set aside, or null if there are none
 */
public record DataFile(
        Slice slice,
        String name,
        FileContent content,
        long lost,
        long gaps,
        long elsewhere,
        long bytes,
        String checksum,
        long outside,
        @Nullable DeadLetters deadLetters) {
    /**
     * Checks the sum.
     *
     * @throws IllegalArgumentException if the offsets do not add up to the slice
     */
    public DataFile {
        long aside = deadLetters == null ? 0 : deadLetters.records();
        long rest = slice.range().size() - content.records() - aside;
        boolean sane =
                lost >= 0 && gaps >= 0 && elsewhere >= 0 && rest >= 0 && lost <= rest && elsewhere <= rest - lost;
        if (!sane || gaps != rest - lost - elsewhere) {
            throw new IllegalArgumentException(content.records() + " records, " + aside + " set aside, " + lost
                    + " lost offsets, " + elsewhere + " elsewhere and " + gaps + " gaps do not add up to " + slice);
        }
    }

    /** The file of a slice that has nothing elsewhere. */
    public static DataFile of(Slice slice, PublishedFile file, long lost, @Nullable DeadLetters deadLetters) {
        return of(slice, file, lost, 0, deadLetters);
    }

    /**
     * The file of a slice.
     *
     * @param lost how many offsets that have no record, and were not set aside, are lost
     * @param elsewhere how many of them the export is not made of; the others are gaps
     */
    public static DataFile of(
            Slice slice, PublishedFile file, long lost, long elsewhere, @Nullable DeadLetters deadLetters) {
        long aside = deadLetters == null ? 0 : deadLetters.records();
        long gaps = slice.range().size() - file.content().records() - aside - lost - elsewhere;
        return new DataFile(
                slice,
                file.name(),
                file.content(),
                lost,
                gaps,
                elsewhere,
                file.bytes(),
                file.checksum(),
                file.outside(),
                deadLetters);
    }

    /** How many records of the slice were set aside. */
    public long setAside() {
        return deadLetters == null ? 0 : deadLetters.records();
    }
}
