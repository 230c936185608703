package io.pagewalk.cli;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.http.FailureTexts;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** The command line's way in for callers that stay alive: everything but the end of the process. */
public final class CliInProcess {
    private CliInProcess() {}

    /** Runs a command as {@code pagewalk} would; its exit code. */
    public static int run(
            OutputStream out, OutputStream err, InputStream in, Map<String, String> environment, String... arguments) {
        return Main.run(new Console(out, err, in, environment, false), arguments);
    }

    /** What a failure comes to, as the command line has it. */
    public static FailureTexts.Told told(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        return new FailureTexts.Told(failure.code().code(), failure.message());
    }
}
