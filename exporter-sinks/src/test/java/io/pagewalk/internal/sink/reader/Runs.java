package io.pagewalk.internal.sink.reader;

import java.util.Random;

/**
 * Draws choices that stay the same for a while. The lengths are those around which run-length encodings change their form:
 * groups of eight, and as many groups as one header can count.
 */
final class Runs {
    private static final int[] LENGTHS = {1, 1, 2, 3, 7, 8, 9, 16, 31, 33, 64, 65, 503, 504, 505};

    private final Random random;
    private final int choices;
    private int choice;
    private int left;
    private boolean noise;

    Runs(Random random, int choices) {
        this.random = random;
        this.choices = choices;
    }

    /** The next choice, at least 0 and below their number. */
    int next() {
        if (choices == 1) {
            return 0;
        }
        if (left == 0) {
            left = LENGTHS[random.nextInt(LENGTHS.length)];
            noise = random.nextBoolean();
            choice = random.nextInt(choices);
        }
        left--;
        return noise ? random.nextInt(choices) : choice;
    }
}
