package io.pagewalk.log;

/**
 * What an expiry of a series removes.
 *
 * @param first the first run of it
 * @param last the last one; below {@code first} if there is none
 * @param files that they list
 * @param bytes of these
 * @param unfinished runs of an earlier expiry of which something is left
 */
public record Expiry(int first, int last, long files, long bytes, int unfinished) {
    /** Whether there is nothing to remove. */
    public boolean isEmpty() {
        return last < first && unfinished == 0;
    }
}
