package io.pagewalk.internal.crossing;

/**
 * Where the log of a partition crosses a time.
 *
 * @param first the offset where a search from the oldest record at or after the time finds the crossing
 * @param last the offset where a search from the end finds it; that of {@code first} where it is the same one
 * @param samples how many records that count were sampled on one side of both
 * @param disagreeing how many of those have a timestamp that belongs to the other side
 */
public record Crossings(long first, long last, long samples, long disagreeing) {
    /** One record in so many may disagree with its place. */
    private static final long TOLERATED = 10;

    /** Whether the timestamps tell where the time is: the two searches agree, and so do nearly all samples. */
    public boolean ordered() {
        return first == last && (disagreeing == 0 || disagreeing * TOLERATED < samples);
    }
}
