package io.pagewalk.cli.progress;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.LogFormat;
import io.pagewalk.cli.document.Json;
import java.util.function.Supplier;

/** Shows how far something is while it is open. */
public interface ProgressView extends AutoCloseable {
    /** Ends the display; nothing is drawn any more when this returns. */
    @Override
    void close();

    /** Begins to show progress the way that was asked for, or that suits where it is shown. */
    static ProgressView start(ProgressMode mode, Console console, Supplier<ProgressState> states) {
        return switch (mode) {
            case AUTO -> console.isQuiet() ? () -> {} : start(automatic(console), console, states);
            case NONE -> () -> {};
            case LOG ->
                new ProgressTicker(ProgressTicker.LINES, () -> {
                    ProgressState state = states.get();
                    console.progress(state.name() + ": " + state.line());
                });
            case JSON ->
                new ProgressTicker(
                        ProgressTicker.LINES,
                        () -> console.err().println(Json.line(states.get().document())));
            case BAR -> new ProgressBarView(console, states);
        };
    }

    private static ProgressMode automatic(Console console) {
        return console.isTerminal() && console.logFormat() == LogFormat.TEXT ? ProgressMode.BAR : ProgressMode.LOG;
    }
}
