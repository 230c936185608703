package io.pagewalk.spi;

/**
 * The records of a slice that were set aside, as its checkpoint lists their file. Its name follows from that of the data
 * file.
 *
 * @param records how many, at least one
 * @param bytes the file's size
 * @param checksum the algorithm and value over its bytes, such as {@code crc32c:1a2b3c4d}
 */
public record DeadLetters(long records, long bytes, String checksum) {
    public DeadLetters {
        if (records < 1) {
            throw new IllegalArgumentException("a file of dead letters holds " + records + " records");
        }
    }
}
