package io.pagewalk.spi;

import io.pagewalk.model.Slice;

/**
 * A published data file, as a checkpoint lists it: one planned slice, one file. Each offset of the slice counts once: it has a
 * record in the file, or else it is on record as lost, or else it is a gap.
 *
 * @param slice the slice the file was planned for
 * @param name the file's name relative to the output
 * @param content what the file holds
 * @param lost how many offsets of the slice have no record in it because they are lost
 * @param gaps how many have none though they are not lost
 * @param bytes the file's size
 * @param checksum the algorithm and value over the file's bytes, such as {@code crc32c:1a2b3c4d}
 * @param outside how many of its records are dated outside of the times that the export asked for
 */
public record DataFile(
        Slice slice,
        String name,
        FileContent content,
        long lost,
        long gaps,
        long bytes,
        String checksum,
        long outside) {
    /**
     * Checks the sum.
     *
     * @throws IllegalArgumentException if the offsets do not add up to the slice
     */
    public DataFile {
        long rest = slice.range().size() - content.records();
        if (lost < 0 || gaps < 0 || rest < 0 || lost > rest || gaps != rest - lost) {
            throw new IllegalArgumentException(content.records() + " records, " + lost + " lost offsets and " + gaps
                    + " gaps do not add up to " + slice);
        }
    }

    /**
     * The file of a slice.
     *
     * @param lost how many offsets without a record are lost; the others are gaps
     */
    public static DataFile of(Slice slice, PublishedFile file, long lost) {
        long gaps = slice.range().size() - file.content().records() - lost;
        return new DataFile(
                slice, file.name(), file.content(), lost, gaps, file.bytes(), file.checksum(), file.outside());
    }
}
