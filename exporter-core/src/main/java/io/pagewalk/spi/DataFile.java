package io.pagewalk.spi;

import io.pagewalk.model.Slice;

/**
 * A published data file, as a checkpoint lists it: one planned slice, one file.
 *
 * @param slice the slice the file was planned for
 * @param name the file's name relative to the output
 * @param content what the file holds
 * @param bytes the file's size
 * @param checksum the algorithm and value over the file's bytes, such as {@code crc32c:1a2b3c4d}
 * @param outside how many of its records are dated outside of the times that the export asked for
 */
public record DataFile(Slice slice, String name, FileContent content, long bytes, String checksum, long outside) {
    /** Of an export that asked for no times. */
    public DataFile(Slice slice, String name, FileContent content, long bytes, String checksum) {
        this(slice, name, content, bytes, checksum, 0);
    }
}
