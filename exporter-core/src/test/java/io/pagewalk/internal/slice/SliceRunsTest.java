package io.pagewalk.internal.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceRunsTest {
    @Test
    void beginsWhereThePageBegins() {
        assertThat(begin("1:0-5 0:0-5 1:5-10", "")).isEqualTo("1:0-5");
    }

    @Test
    void beginsWithTheOnlySliceOfAnExtentWithoutOffsets() {
        assertThat(begin("1:7-7", "")).isEqualTo("1:7-7");
    }

    @Test
    void leavesAThreadItsNextSlice() {
        assertThat(begin("0:5-10 1:0-5 0:10-15", "0:0-5")).isEqualTo("1:0-5");
    }

    @Test
    void takesAPartitionNobodyReadsBeforeTheRestOfOneThatIsRead() {
        assertThat(begin("0:5-10 0:10-15 0:15-20 3:5-10", "0:0-5 3:0-4")).isEqualTo("3:5-10");
    }

    @Test
    void halvesTheLongestRunWhenAllAreLedUpTo() {
        assertThat(begin("0:5-10 1:5-10 1:10-15 1:15-20 1:20-25", "0:0-5 1:0-5"))
                .isEqualTo("1:15-20");
        assertThat(begin("0:5-10", "0:0-5")).isEqualTo("0:5-10");
    }

    @Test
    void readsADescendingPageForward() {
        assertThat(begin("0:15-20 0:10-15 0:5-10", "")).isEqualTo("0:5-10");
        assertThat(begin("0:15-20 0:10-15", "0:5-10")).isEqualTo("0:15-20");
    }

    /** Threads that take slices as the executor does: where they stand, or else where this says. */
    @Test
    void letsThreadsSeekSeldom() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int threads = 1 + random.nextInt(6);
            int partitions = 1 + random.nextInt(4);
            List<Slice> waiting = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                for (int partition = 0; partition < partitions; partition++) {
                    waiting.add(Pages.slice(partition + ":" + 5 * i + "-" + (5 * i + 5)));
                }
            }
            int total = waiting.size();
            Slice[] current = new Slice[threads];
            int seeks = 0;
            for (int taken = 0; taken < total; taken++) {
                int thread = random.nextInt(threads);
                Slice before = current[thread];
                current[thread] = null;
                Slice next = waiting.stream()
                        .filter(slice -> before != null && slice.follows(before))
                        .findFirst()
                        .orElse(null);
                if (next == null) {
                    seeks++;
                    List<Slice> others = new ArrayList<>();
                    for (Slice other : current) {
                        if (other != null) {
                            others.add(other);
                        }
                    }
                    next = SliceRuns.begin(waiting, others);
                }
                assertThat(waiting.remove(next)).isTrue();
                current[thread] = next;
            }
            assertThat(seeks)
                    .as("seeks of %s threads over %s slices, seed %s", threads, total, seed)
                    .isLessThan(partitions + 12 * threads);
        }
    }

    private static String begin(String waiting, String underWay) {
        Slice slice = SliceRuns.begin(slices(waiting), slices(underWay));
        return slice.partition() + ":" + slice.range().start() + "-"
                + slice.range().end();
    }

    private static List<Slice> slices(String text) {
        return text.isEmpty() ? List.of() : Pages.page(1, text).slices();
    }
}
