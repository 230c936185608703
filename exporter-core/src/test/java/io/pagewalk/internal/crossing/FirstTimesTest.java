package io.pagewalk.internal.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstTimesTest {
    private final FirstTimes times = new FirstTimes();

    @Test
    void isTheEarliestMedianOfAPartition() {
        see(0, 500, 100, 600);
        see(1, 400, 9_000_000, 300);

        assertThat(times.earliest(3)).hasValue(400);
    }

    @Test
    void leavesOutPartitionsWithFewRecordsUnlessAllHaveFew() {
        see(0, 1);
        see(1, 500, 600, 700);

        assertThat(times.earliest(3)).hasValue(600);
        assertThat(times.earliest(4)).hasValue(1);
    }

    @Test
    void passesOverRecordsWithoutTimestamps() {
        see(0, -1, -1);
        assertThat(times.earliest(1)).isEmpty();

        see(0, 700);
        assertThat(times.earliest(1)).hasValue(700);
    }

    private void see(int partition, long... timestamps) {
        for (long timestamp : timestamps) {
            times.see(partition, timestamp);
        }
    }
}
