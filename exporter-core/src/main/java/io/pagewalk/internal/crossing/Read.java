package io.pagewalk.internal.crossing;

/**
 * What a search has to see next: the records from an offset on. The read is done with the record that makes it {@code
 * records} or {@code bytes}, or when the end is reached.
 *
 * @param start the first offset
 * @param end where to stop, exclusive; above {@code start}
 * @param records the most records
 * @param bytes the uncompressed bytes of keys, values and headers after which no further record is needed
 */
public record Read(long start, long end, long records, long bytes) {}
