package io.pagewalk.cli.progress;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.Json;
import java.util.function.Supplier;

/** Shows samples of a run's progress while it is open. */
public interface ProgressView extends AutoCloseable {
    /** Ends the display; nothing is drawn any more when this returns. */
    @Override
    void close();

    /** Begins to show progress the way that was asked for, or that suits where it is shown. */
    static ProgressView start(ProgressMode mode, Console console, String name, Supplier<ProgressSample> samples) {
        return switch (mode) {
            case AUTO ->
                console.isQuiet()
                        ? () -> {}
                        : start(console.isTerminal() ? ProgressMode.BAR : ProgressMode.LOG, console, name, samples);
            case NONE -> () -> {};
            case LOG ->
                new ProgressTicker(
                        ProgressTicker.LINES,
                        () -> console.err().println(name + ": " + samples.get().line()));
            case JSON ->
                new ProgressTicker(
                        ProgressTicker.LINES,
                        () -> console.err().println(Json.line(ProgressDocument.of(name, samples.get()))));
            case BAR -> new ProgressBarView(console, name, samples);
        };
    }
}
