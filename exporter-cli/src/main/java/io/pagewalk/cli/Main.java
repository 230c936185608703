package io.pagewalk.cli;

import io.pagewalk.cli.command.DeleteCommand;
import io.pagewalk.cli.command.DemoCommand;
import io.pagewalk.cli.command.ExpireCommand;
import io.pagewalk.cli.command.ExportCommand;
import io.pagewalk.cli.command.PageCommand;
import io.pagewalk.cli.command.PlanCommand;
import io.pagewalk.cli.command.ServeCommand;
import io.pagewalk.cli.command.StatusCommand;
import io.pagewalk.cli.command.TokenCommand;
import io.pagewalk.cli.command.VerifyCommand;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.LibraryOutput;
import io.pagewalk.cli.console.ProcessEnd;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.table.IcebergCommand;
import java.util.Arrays;
import java.util.Locale;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code pagewalk} command. */
@Command(
        name = "pagewalk",
        description = {
            "Copies a Kafka topic, or a bounded part of it, into Parquet or JSONL files, page by page.",
            "It ends by itself, can be killed at any moment, and the next run goes on where the last page was committed."
        },
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pagewalk plan   --bootstrap-server localhost:9092 --topic orders",
            "  pagewalk export --bootstrap-server localhost:9092 --topic orders --output /data/orders",
            "  pagewalk page   --bootstrap-server localhost:9092 --topic orders --records 20 --direction desc"
        },
        subcommands = {
            ExportCommand.class,
            PlanCommand.class,
            PageCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            DeleteCommand.class,
            ExpireCommand.class,
            IcebergCommand.class,
            TokenCommand.class,
            DemoCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // What is printed is read by machines too: no Arabic digits, no decimal commas.
        Locale.setDefault(Locale.ROOT);
        int code = ExitCode.FAILED.code();
        try {
            Console console = Console.ofProcess();
            LibraryOutput.mute(console);
            code = run(console, arguments);
        } catch (Throwable e) {
            // As when there is no memory to say what failed.
            LibraryOutput.err().println("pagewalk: " + e);
        } finally {
            ProcessEnd.exit(code);
        }
    }

    /** Runs a command; its exit code. */
    public static int run(Console console, String... arguments) {
        if (Arrays.equals(arguments, new String[] {"--version"}) || Arrays.equals(arguments, new String[] {"-V"})) {
            console.out().println("pagewalk " + Version.get());
            return finish(console, ExitCode.COMPLETE.code());
        }
        return finish(console, new CommandRunner(console).run(arguments));
    }

    /** Reached only without a command. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: export, plan, page, serve, status, verify, delete, expire, iceberg, token or demo");
    }

    private static int finish(Console console, int code) {
        String failure = console.finish();
        if (failure != null) {
            console.error(failure);
        }
        // Who pipes into head gets what was asked for; a result that nobody could store is none.
        return failure != null && code == ExitCode.COMPLETE.code() ? ExitCode.FAILED.code() : code;
    }
}
