package io.pagewalk.cli.command;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.Interrupts;
import io.pagewalk.cli.demo.Demo;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the demo. */
@Command(
        name = "demo",
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        footerHeading = "%nExample:%n",
        description = {
            "Shows on a real broker what Pagewalk promises: starts one, fills a topic, exports it with small pages, kills the"
                    + " export half-way, resumes it, and reads everything back.",
            "The exit code is 0 only if every committed record was found exactly once."
        },
        footer = "  pagewalk demo --browse")
public final class DemoCommand implements Callable<Integer> {
    /** How the launcher was called. */
    private static final String LAUNCHER = "pagewalk.launcher";

    private final Console console;

    @Option(
            names = "--keep-running",
            description = "Leave the broker up after the proof, until Enter or Ctrl-C, and print its address.")
    private boolean keepRunning;

    @Option(names = "--browse", description = "Likewise, with a page to browse its topics, whose address is printed.")
    private boolean browse;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "60000",
            description = "How many records, from " + Demo.Options.LEAST_RECORDS + " to " + Demo.Options.MOST_RECORDS
                    + " (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the exported files go: an empty directory, or one that does not exist"
                    + " (default: a new pagewalk-demo in the current directory).")
    private @Nullable Path dir;

    @Mixin
    final CommonOptions common = new CommonOptions();

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Demo.Options options =
                new Demo.Options(records, dir, keepRunning, browse, System.getProperty(LAUNCHER, "pagewalk"));
        Demo demo = new Demo(options, console.in(), console.out());
        Interrupts.install(demo::stop, () -> {});
        demo.run();
        return ExitCode.COMPLETE.code();
    }
}
