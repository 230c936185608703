package io.pagewalk.internal.sink.parquet.column;

/**
 * Numbers as packed deltas, which Parquet calls DELTA_BINARY_PACKED: of a page at once, so that no column needs memory for it while
 * the page is being filled.
 */
final class DeltaPacking {
    private static final int BLOCK = 128;
    private static final int MINI_BLOCKS = 4;
    private static final int MINI_BLOCK = BLOCK / MINI_BLOCKS;

    private final long[] deltas = new long[BLOCK];
    private final byte[] widths = new byte[MINI_BLOCKS];

    /**
     * Appends the encoded numbers.
     *
     * @param count how many, at least one
     * @param narrow whether they are numbers of 32 bits, whose deltas wrap around
     */
    void append(long[] values, int count, boolean narrow, PageBytes to) {
        to.appendVarint(BLOCK);
        to.appendVarint(MINI_BLOCKS);
        to.appendVarint(count);
        to.appendVarlong(zigzag(values[0]));
        for (int from = 1; from < count; from += BLOCK) {
            block(values, from, Math.min(BLOCK, count - from), narrow, to);
        }
    }

    private void block(long[] values, int from, int count, boolean narrow, PageBytes to) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long delta = values[from + i] - values[from + i - 1];
            delta = narrow ? (int) delta : delta;
            deltas[i] = delta;
            least = Math.min(least, delta);
        }
        to.appendVarlong(zigzag(least));
        int miniBlocks = (count + MINI_BLOCK - 1) / MINI_BLOCK;
        for (int mini = 0; mini < MINI_BLOCKS; mini++) {
            long bits = 0;
            for (int i = mini * MINI_BLOCK; i < Math.min(count, (mini + 1) * MINI_BLOCK); i++) {
                long above = deltas[i] - least;
                above = narrow ? above & 0xFFFF_FFFFL : above;
                deltas[i] = above;
                bits |= above;
            }
            widths[mini] = (byte) (Long.SIZE - Long.numberOfLeadingZeros(bits));
        }
        to.append(widths, 0, MINI_BLOCKS);
        for (int i = count; i < miniBlocks * MINI_BLOCK; i++) {
            deltas[i] = 0;
        }
        for (int mini = 0; mini < miniBlocks; mini++) {
            pack(mini * MINI_BLOCK, widths[mini], to);
        }
    }

    /** Packs the numbers of a miniature block, the lowest bits first. There are 32 of them, so whole bytes result. */
    private void pack(int from, int width, PageBytes to) {
        if (width == 0) {
            return;
        }
        long pending = 0;
        int bits = 0;
        for (int i = from; i < from + MINI_BLOCK; i++) {
            long value = deltas[i];
            pending |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                to.appendLong(pending);
                bits -= Long.SIZE;
                // A shift by 64 would be none.
                pending = bits == 0 ? 0 : value >>> (width - bits);
            }
        }
        for (; bits > 0; bits -= Byte.SIZE) {
            to.append((byte) pending);
            pending >>>= Byte.SIZE;
        }
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }
}
