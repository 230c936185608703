package io.pagewalk.spi;

/**
 * A file that is published, and what it is found to hold.
 *
 * @param name its name relative to the output
 * @param content what it holds
 * @param bytes its size
 * @param checksum the algorithm and value over its bytes, such as {@code crc32c:1a2b3c4d}
 */
public record PublishedFile(String name, FileContent content, long bytes, String checksum) {}
