package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.progress.ThreadTimes.Activity;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {
    private static final long MILLI = 1_000_000;

    private final ThreadTimes times = new ThreadTimes();

    @Test
    void leavesToWritingWhatNothingElseTook() {
        times.spent(Activity.READING, 30 * MILLI);
        times.spent(Activity.WAITING, 20 * MILLI);
        assertThat(times.millis(Activity.WRITING)).as("while the slice goes on").isZero();

        times.worked(90 * MILLI);

        assertThat(times.millis(Activity.READING)).isEqualTo(30);
        assertThat(times.millis(Activity.WAITING)).isEqualTo(20);
        assertThat(times.millis(Activity.WRITING)).isEqualTo(40);
    }

    @Test
    void givesTheShareThatWasIdle() {
        assertThat(times.idleShare()).isZero();

        times.worked(90 * MILLI);
        times.spent(Activity.PUBLISHING, 30 * MILLI);
        times.idle(10 * MILLI);

        assertThat(times.millis(Activity.IDLE)).isEqualTo(10);
        assertThat(times.idleShare()).isEqualTo(0.1);
    }
}
