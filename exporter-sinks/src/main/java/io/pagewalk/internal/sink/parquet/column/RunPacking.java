package io.pagewalk.internal.sink.parquet.column;

/**
 * Small numbers as runs and packed bits, which Parquet calls RLE: of a page at once, straight into it. What typed leaves have is
 * encoded here, and shorter than by {@link PackedRuns}, whose bytes other columns have.
 */
final class RunPacking {
    private static final int GROUP = 8;
    /** As many as parquet-java puts behind one header, which readers unpack at once. */
    private static final int MOST_GROUPS = 63;

    private int[] scratch = {};

    /** An array for so many numbers, valid until the next call. */
    int[] scratch(int count) {
        if (scratch.length < count) {
            scratch = new int[Math.max(count, 2 * scratch.length)];
        }
        return scratch;
    }

    /** Appends levels, their length before them. */
    void appendLevels(Levels levels, int bits, PageBytes to) {
        int before = to.size();
        to.appendInt(0);
        if (levels.areSame()) {
            run(levels.first(), levels.count(), bits, to);
        } else {
            int[] numbers = scratch(levels.count());
            levels.copyTo(numbers);
            append(numbers, levels.count(), bits, to);
        }
        to.setInt(before, to.size() - before - Integer.BYTES);
    }

    /** Appends numbers of so many bits. */
    void append(int[] numbers, int count, int bits, PageBytes to) {
        int at = 0;
        while (at < count) {
            int run = runAt(numbers, at, count, Integer.MAX_VALUE);
            if (run >= GROUP) {
                run(numbers[at], run, bits, to);
                at += run;
            } else {
                at = groups(numbers, at, count, bits, to);
            }
        }
    }

    private static int runAt(int[] numbers, int from, int count, int most) {
        int at = from + 1;
        while (at < count && numbers[at] == numbers[from] && at - from < most) {
            at++;
        }
        return at - from;
    }

    private static void run(int number, int count, int bits, PageBytes to) {
        to.appendVarint(count << 1);
        for (int shift = 0; shift < bits; shift += Byte.SIZE) {
            to.append((byte) (number >>> shift));
        }
    }

    /** Packs groups until a run begins with one. The last one of all may lack numbers. */
    private static int groups(int[] numbers, int from, int count, int bits, PageBytes to) {
        int end = from;
        do {
            end += GROUP;
        } while (end < count && end - from < MOST_GROUPS * GROUP && runAt(numbers, end, count, GROUP) < GROUP);
        to.appendVarint((((end - from) / GROUP) << 1) | 1);
        long pending = 0;
        int filled = 0;
        for (int at = from; at < end; at++) {
            long number = at < count ? numbers[at] : 0;
            pending |= number << filled;
            filled += bits;
            if (filled >= Integer.SIZE) {
                to.appendInt((int) pending);
                pending >>>= Integer.SIZE;
                filled -= Integer.SIZE;
            }
        }
        for (; filled > 0; filled -= Byte.SIZE) {
            to.append((byte) pending);
            pending >>>= Byte.SIZE;
        }
        return Math.min(end, count);
    }
}
