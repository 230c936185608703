package io.pagewalk.cli;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.LibraryOutput;
import io.pagewalk.cli.console.LogFormat;
import io.pagewalk.cli.console.Logging;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.parse.HelpLayout;
import io.pagewalk.cli.parse.OptionSources;
import io.pagewalk.cli.parse.UsageErrors;
import io.pagewalk.error.UsageException;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParseResult;

/** Parses arguments, runs their command, and turns whatever goes wrong into one line and an exit code. */
public final class CommandRunner {
    private final Console console;
    private final OptionSources sources;
    private boolean debug;

    public CommandRunner(Console console) {
        this.console = console;
        this.sources = new OptionSources(console.environment());
    }

    int run(String... arguments) {
        try {
            CommandLine line = commandLine();
            try {
                return line.execute(sources.complete(line, arguments));
            } finally {
                line.getOut().flush();
            }
        } catch (UsageException | Error e) {
            // Picocli hands on exceptions only.
            return fail(e);
        }
    }

    /** The whole command, ready to parse. */
    public CommandLine commandLine() {
        // It would warn of every option that is given twice.
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
        CommandLine line = new CommandLine(new Main(), new Factory(console));
        Converters.register(line);
        line.setOverwrittenOptionsAllowed(true);
        line.setExpandAtFiles(false);
        line.setOut(new PrintWriter(console.out(), false, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setExecutionStrategy(this::execute);
        line.setParameterExceptionHandler((error, arguments) -> {
            console.error(UsageErrors.describe(error, arguments, sources));
            return ExitCode.USAGE.code();
        });
        line.setExecutionExceptionHandler((failure, command, result) -> fail(failure));
        HelpLayout.install(line);
        return line;
    }

    private int execute(ParseResult result) {
        ParseResult command = result.hasSubcommand() ? result.subcommand() : result;
        console.write(command.matchedOptionValue(CommonOptions.LOG_FORMAT, LogFormat.TEXT));
        debug = command.hasMatchedOption("--debug");
        if (debug) {
            LibraryOutput.show();
            Logging.showAll();
        }
        return new CommandLine.RunLast().execute(result);
    }

    private int fail(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        console.error(failure.message());
        if (debug) {
            console.stackTrace(thrown);
        }
        return failure.code().code();
    }

    /** Commands take the console in their constructor. */
    private record Factory(Console console) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Console.class) {
                    return type.cast(constructor.newInstance(console));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
