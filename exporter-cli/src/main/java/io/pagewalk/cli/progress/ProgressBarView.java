package io.pagewalk.cli.progress;

import io.pagewalk.cli.console.Console;
import java.time.Duration;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar that is redrawn on one line of a terminal. It stands for offsets; the figures behind it are the run's. */
final class ProgressBarView implements ProgressView {
    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final int BAR = 24;

    private final ProgressBar bar;
    private final ProgressTicker ticker;

    ProgressBarView(Console console, Supplier<ProgressState> states) {
        bar = new ProgressBarBuilder()
                .setInitialMax(Math.max(1, states.get().totalOffsets()))
                .setUpdateIntervalMillis((int) REDRAW.toMillis())
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .setRenderer((state, width) -> fit(line(states.get()), width))
                .clearDisplayOnFinish()
                .build();
        // The library redraws only a bar that has moved; rates and times move without it.
        ticker = new ProgressTicker(
                new ProgressTicker.Rhythm(REDRAW, REDRAW),
                () -> bar.stepTo(states.get().doneOffsets()));
    }

    private static String line(ProgressState state) {
        int filled = state.totalOffsets() <= 0
                ? 0
                : (int) Math.min(BAR, (double) BAR * state.doneOffsets() / state.totalOffsets());
        return state.name() + " [" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + state.line();
    }

    private static String fit(String line, int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    @Override
    public void close() {
        ticker.close();
        bar.close();
    }
}
