package io.pagewalk.spi;

/**
 * A file that is published, and what it is found to hold.
 *
 * @param name its name relative to the output
 * @param content what it holds
 * @param bytes its size
 * @param checksum the algorithm and value over its bytes, such as {@code crc32c:1a2b3c4d}
 * @param outside how many of its records are dated outside of the times that the export asked for
 * @param earlier whether it was there before, or may have been: by an earlier attempt, or by another run
 */
public record PublishedFile(
        String name, FileContent content, long bytes, String checksum, long outside, boolean earlier) {}
