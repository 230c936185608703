package io.pagewalk.model;

import java.util.Arrays;

/**
 * Moves a token over offsets that nobody plans or reads. After so many whole rounds each partition has given one offset a round, as long as
 * it had any; what is left are the offsets of one round that is not whole.
 */
final class Skipping {
    private final PageToken token;
    private final long[] remaining;
    private long left;

    private Skipping(PageToken token, long offsets) {
        this.token = token;
        this.left = offsets;
        this.remaining = new long[token.partitionCount()];
        for (int i = 0; i < remaining.length; i++) {
            remaining[i] = token.end(i) - token.start(i);
        }
    }

    /** As {@link Paginator#skip}. */
    static PageToken skip(PageToken token, long offsets, long page) {
        Skipping skipping = new Skipping(token, offsets);
        long[] given = skipping.given();
        return moved(token, given, page, skipping.finishRound(given));
    }

    /** As {@link Paginator#window}. */
    static PageToken window(PageToken token, long offsets) {
        Skipping skipping = new Skipping(token, offsets);
        long[] given = skipping.given();
        skipping.finishRound(given);
        long[] starts = token.copyOfStarts();
        long[] ends = token.copyOfEnds();
        for (int i = 0; i < given.length; i++) {
            if (token.direction() == Direction.ASC) {
                ends[i] = starts[i] + given[i];
            } else {
                starts[i] = ends[i] - given[i];
            }
        }
        return token.at(token.page(), starts, ends, offsets == 0 ? 0 : token.turn());
    }

    /** The token behind so many offsets of each partition. */
    static PageToken moved(PageToken token, long[] given, long page, int turn) {
        long[] starts = token.copyOfStarts();
        long[] ends = token.copyOfEnds();
        for (int i = 0; i < given.length; i++) {
            if (token.direction() == Direction.ASC) {
                starts[i] += given[i];
            } else {
                ends[i] -= given[i];
            }
        }
        return token.at(page, starts, ends, turn);
    }

    /** How many offsets of each partition whole rounds have. */
    private long[] given() {
        long[] given = new long[remaining.length];
        long rounds = wholeRounds();
        for (int i = 0; i < given.length; i++) {
            given[i] = Math.min(remaining[i], rounds);
        }
        return given;
    }

    /** How many rounds fit; takes them off what is left. */
    private long wholeRounds() {
        long[] sorted = remaining.clone();
        Arrays.sort(sorted);
        long rounds = 0;
        for (int i = 0; i < sorted.length; i++) {
            int active = sorted.length - i;
            long more = Math.min(sorted[i] - rounds, left / active);
            rounds += more;
            left -= more * active;
            if (rounds < sorted[i]) {
                break;
            }
        }
        return rounds;
    }

    /** Gives what is left to those whose turn it is; the index of the next one, or 0 if nothing remains. */
    private int finishRound(long[] given) {
        int count = given.length;
        for (int i = 0; i < count; i++) {
            int index = token.indexInTurn(i);
            if (given[index] < remaining[index]) {
                if (left == 0) {
                    return index;
                }
                given[index]++;
                left--;
            }
        }
        for (int i = 0; i < count; i++) {
            int index = token.indexInTurn(i);
            if (given[index] < remaining[index]) {
                return index;
            }
        }
        return 0;
    }
}
