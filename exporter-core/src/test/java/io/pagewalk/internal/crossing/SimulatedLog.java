package io.pagewalk.internal.crossing;

import java.util.Arrays;

/** The log of one partition, as far as it matters here: offsets and timestamps. */
final class SimulatedLog {
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    private static final long RECORD_BYTES = 100;

    private final long[] offsets;
    private final long[] timestamps;
    private final long start;
    private final long end;
    private final long clock;
    private final long recordBytes;
    private long recordsRead;
    private long reads;

    /**
     * @param offsets ascending, of the records that are there
     * @param clock when the freeze is
     */
    SimulatedLog(long[] offsets, long[] timestamps, long start, long end, long clock, long recordBytes) {
        this.offsets = offsets;
        this.timestamps = timestamps;
        this.start = start;
        this.end = end;
        this.clock = clock;
        this.recordBytes = recordBytes;
    }

    /** Without gaps, from offset 0. */
    static SimulatedLog of(long[] timestamps, long clock) {
        long[] offsets = new long[timestamps.length];
        Arrays.setAll(offsets, i -> i);
        return new SimulatedLog(offsets, timestamps, 0, timestamps.length, clock, RECORD_BYTES);
    }

    /** As the broker answers: the first record at or after the time. */
    long answer(long time) {
        for (int i = 0; i < offsets.length; i++) {
            if (timestamps[i] >= time) {
                return offsets[i];
            }
        }
        return -1;
    }

    Crossings search(long time) {
        return search(time, answer(time));
    }

    Crossings search(long time, long answer) {
        CrossingSearch search = new CrossingSearch(start, end, time, clock + HOUR, answer);
        recordsRead = 0;
        reads = 0;
        for (Read read = search.next(); read != null; read = search.next()) {
            read(read, search);
        }
        return search.result();
    }

    private void read(Read read, CrossingSearch search) {
        if (read.start() < start || read.start() >= read.end() || read.end() > end) {
            throw new AssertionError(read + " is not within [" + start + ", " + end + ")");
        }
        if (++reads > 1_000) {
            throw new AssertionError("the search does not end");
        }
        long records = 0;
        long bytes = 0;
        for (int i = indexOf(read.start()); i < offsets.length && offsets[i] < read.end(); i++) {
            if (records >= read.records() || bytes >= read.bytes()) {
                break;
            }
            search.see(offsets[i], timestamps[i]);
            records++;
            bytes += recordBytes;
            recordsRead++;
        }
        search.done();
    }

    /** The first record at or after an offset. */
    private int indexOf(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found < 0 ? -found - 1 : found;
    }

    /** How many records that count a cut puts on the wrong side. */
    long misplaced(long cut, long time) {
        long misplaced = 0;
        for (int i = 0; i < offsets.length; i++) {
            boolean wrong = offsets[i] < cut == timestamps[i] >= time;
            if (wrong && timestamps[i] <= clock + HOUR) {
                misplaced++;
            }
        }
        return misplaced;
    }

    /** What the best of all cuts misplaces. */
    long fewestMisplaced(long time) {
        long misplaced = misplaced(start, time);
        long fewest = misplaced;
        for (int i = 0; i < offsets.length; i++) {
            if (timestamps[i] <= clock + HOUR) {
                misplaced += timestamps[i] < time ? -1 : 1;
                fewest = Math.min(fewest, misplaced);
            }
        }
        return fewest;
    }

    long end() {
        return end;
    }

    /** By the last search. */
    long recordsRead() {
        return recordsRead;
    }

    /** By the last search. */
    long reads() {
        return reads;
    }
}
