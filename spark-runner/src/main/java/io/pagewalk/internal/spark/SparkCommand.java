package io.pagewalk.internal.spark;

import io.pagewalk.cli.Main;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.spark.bridge.DriverCommand;
import io.pagewalk.spark.bridge.Jobs;
import java.util.List;
import java.util.Locale;

/** The command line, whose exports are done by executors. */
public final class SparkCommand implements DriverCommand {
    /** The others are of one machine, and have a command of their own there. */
    private static final List<String> COMMANDS =
            List.of("export", "plan", "status", "verify", "delete", "expire", "help");

    @Override
    public int run(String[] arguments, Jobs jobs) {
        if (jobs.ownsProcess()) {
            // What is printed is read by machines too: no Arabic digits, no decimal commas.
            Locale.setDefault(Locale.ROOT);
        }
        NativeCodecs.loadOwn();
        Console console = new Console(System.out, System.err, System.in, System.getenv(), false);
        console.workAt(new SparkSite(jobs, console));
        if (arguments.length > 0 && !arguments[0].startsWith("-") && !COMMANDS.contains(arguments[0])) {
            console.error("'" + arguments[0] + "' is none of the commands that run on Spark: "
                    + String.join(", ", COMMANDS) + "; use the pagewalk command for others");
            return ExitCode.USAGE.code();
        }
        return Main.run(console, arguments);
    }
}
