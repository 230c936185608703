package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    private final StopSignal stop = new StopSignal();

    @Test
    void isNotRequestedUnlessAskedFor() {
        List<String> told = new ArrayList<>();
        stop.onRequest(() -> told.add("a"));

        assertThat(stop.isRequested()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void tellsEveryListenerOnce() {
        List<String> told = new ArrayList<>();
        stop.onRequest(() -> told.add("a " + stop.isRequested()));
        stop.onRequest(() -> told.add("b " + stop.isRequested()));

        stop.request();
        stop.request();

        assertThat(stop.isRequested()).isTrue();
        assertThat(told).containsExactly("a true", "b true");
    }

    @Test
    void tellsALateListenerAtOnce() {
        stop.request();
        List<String> told = new ArrayList<>();

        stop.onRequest(() -> told.add("late"));

        assertThat(told).containsExactly("late");
    }

    @Test
    void tellsNoListenerThatIsGone() {
        List<String> told = new ArrayList<>();
        StopSignal.Registration gone = stop.onRequest(() -> told.add("gone"));
        stop.onRequest(() -> told.add("there"));

        gone.close();
        gone.close();

        assertThat(stop.listeners()).isOne();
        stop.request();
        assertThat(told).containsExactly("there");
        assertThat(stop.listeners()).isZero();
    }

    @Test
    void tellsListenersAfterOneThatFails() {
        List<String> told = new ArrayList<>();
        InternalError failure = new InternalError("cannot stop");
        stop.onRequest(() -> {
            throw failure;
        });
        stop.onRequest(() -> told.add("second"));

        assertThatThrownBy(stop::request).hasSuppressedException(failure);

        assertThat(stop.isRequested()).isTrue();
        assertThat(told).containsExactly("second");
    }

    @Test
    void tellsAListenerOnceThoughItRegistersWhileTheStopIsAskedFor() throws Exception {
        for (int round = 0; round < 500; round++) {
            StopSignal racing = new StopSignal();
            CyclicBarrier barrier = new CyclicBarrier(2);
            AtomicInteger told = new AtomicInteger();
            Thread requesting = new Thread(() -> {
                await(barrier);
                racing.request();
            });
            requesting.start();

            await(barrier);
            racing.onRequest(told::incrementAndGet);
            requesting.join();

            assertThat(told).as("round %d", round).hasValue(1);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
