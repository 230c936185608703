package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.StoppedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HandMovedTicks ticks = new HandMovedTicks();

    @Test
    void isExhaustedBehindItsLimit() {
        Patience patience = new Patience(LIMIT, ticks);

        assertThat(secondsUntilExhausted(patience)).isEqualTo(11);
    }

    @Test
    void beginsAnewWithProgress() {
        Patience patience = new Patience(LIMIT, ticks);
        pass(patience, 9);

        patience.renew();

        assertThat(patience.hasTaken(Duration.ZERO)).isFalse();
        assertThat(secondsUntilExhausted(patience)).isEqualTo(11);
    }

    @Test
    void doesNotCountWhatCameBeforeTheProgress() {
        Patience patience = new Patience(LIMIT, ticks);
        ticks.advance(Duration.ofSeconds(1));

        patience.renew();
        patience.count();

        assertThat(patience.hasTaken(Duration.ZERO)).isFalse();
    }

    @Test
    void countsASuspensionForOneStep() {
        Patience patience = new Patience(LIMIT, ticks);

        ticks.advance(Duration.ofHours(8));

        assertThat(patience.isExhausted()).isFalse();
        assertThat(patience.left()).isEqualTo(Duration.ofSeconds(8).toNanos());
    }

    @Test
    void countsNoMoreThanTheLongestStepThatIsGiven() {
        Patience patience = new Patience(LIMIT, Duration.ofMillis(400), () -> Long.MIN_VALUE, ticks);

        int looks = 1;
        for (ticks.advance(LIMIT); !patience.isExhausted(); ticks.advance(LIMIT)) {
            looks++;
        }

        assertThat(looks).isEqualTo(26);
    }

    @Test
    void countsAllOfWhatGivesUpByItself() {
        Patience patience = new Patience(LIMIT, ticks);
        ticks.advance(Duration.ofSeconds(11));

        patience.countAll();

        assertThat(patience.hasTaken(LIMIT)).isTrue();
        assertThat(patience.isExhausted()).isTrue();
    }

    @Test
    void doesNotCountWhileItIsHeld() {
        long[] held = {1};
        Patience patience = new Patience(LIMIT, () -> held[0], ticks);
        pass(patience, 60);
        assertThat(patience.hasTaken(Duration.ZERO)).isFalse();

        // It has been over for less time than has gone by since the last look.
        held[0] = -Duration.ofMillis(300).toNanos();
        ticks.advance(Duration.ofSeconds(1));
        patience.count();

        assertThat(patience.left())
                .isLessThan(LIMIT.toNanos())
                .isEqualTo(Duration.ofMillis(9_700).toNanos());
    }

    @Test
    void pausesUntilItIsExhausted() {
        Patience patience = new Patience(Duration.ofMillis(200), ticks);

        int pauses = 0;
        while (patience.pause()) {
            pauses++;
        }

        assertThat(pauses).isEqualTo(4);
    }

    @Test
    void isEndedByAnInterruption() {
        Patience patience = new Patience(LIMIT, Ticks.SYSTEM);

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(StoppedException.class).isThrownBy(patience::pause);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void pass(Patience patience, int seconds) {
        for (int i = 0; i < seconds; i++) {
            ticks.advance(Duration.ofSeconds(1));
            patience.count();
        }
    }

    private int secondsUntilExhausted(Patience patience) {
        int seconds = 0;
        do {
            ticks.advance(Duration.ofSeconds(1));
            seconds++;
        } while (!patience.isExhausted());
        return seconds;
    }
}
