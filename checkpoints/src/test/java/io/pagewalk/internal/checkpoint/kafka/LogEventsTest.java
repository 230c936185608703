package io.pagewalk.internal.checkpoint.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogEventsTest {
    private final LogEvents events = new LogEvents();

    @Test
    @Timeout(60)
    void tellsFollowersThatBeginAndPauseAnywhereTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeMap<LogKeys.Entry, Long> entries = new TreeMap<>();
        TreeMap<Integer, byte[]> expiries = new TreeMap<>();
        LogContents often = new LogContents();
        LogContents late = new LogContents();
        long offset = random.nextLong(1L << random.nextInt(62));
        for (int i = 0; i < 20_000; i++) {
            offset += 1 + random.nextInt(1000);
            int run = 1 + random.nextInt(i % 10 == 0 ? 999_999_999 : 50);
            boolean removing = random.nextInt(4) == 0;
            if (random.nextInt(20) == 0) {
                byte[] record = removing ? null : new byte[] {(byte) i};
                events.add(new LogKey("a/1", run, -1), offset, record);
                if (removing) {
                    expiries.remove(run);
                } else {
                    expiries.put(run, record);
                }
            } else {
                LogKey key = new LogKey("a/1", run, random.nextInt(100) == 0 ? Long.MAX_VALUE : random.nextInt(100));
                events.add(key, offset, removing ? null : new byte[0]);
                if (removing) {
                    entries.remove(key.entry());
                } else {
                    entries.put(key.entry(), offset);
                }
            }
            if (random.nextInt(50) == 0) {
                often.follow(events);
                assertThat(often.offsets()).as("seed %d, event %d", seed, i).isEqualTo(entries);
            }
        }
        often.follow(events);
        late.follow(events);
        assertThat(often.offsets()).as("seed %d", seed).isEqualTo(entries);
        assertThat(late.offsets()).as("seed %d", seed).isEqualTo(entries);
        assertThat(often.expiries()).as("seed %d", seed).containsExactlyEntriesOf(expiries);
        assertThat(late.expiries()).as("seed %d", seed).containsExactlyEntriesOf(expiries);
    }

    @Test
    void anEntryTakesSomeBytes() {
        for (int i = 0; i < 1 << 16; i++) {
            events.add(new LogKey("a/1", 1 + i / 4, i % 4), 20L * i, new byte[2000]);
        }
        assertThat(events.bytes()).isLessThan(16 << 16);
    }
}
