package io.pagewalk.cli.option;

import io.pagewalk.cli.console.LogFormat;
import io.pagewalk.cli.parse.ConfigFile;
import io.pagewalk.cli.parse.OptionSources;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command understands. */
@Command(optionListHeading = "General")
public final class CommonOptions {
    /** Looked for as soon as arguments are parsed. */
    public static final String LOG_FORMAT = "--log-format";

    /** Read before the arguments are parsed, by {@link OptionSources}. */
    @Option(
            names = ConfigFile.OPTION,
            paramLabel = "FILE",
            description = {
                "Take options from a properties file; keys are their names without dashes, as in page-size=1GiB."
                        + " The command line goes before the environment (PAGEWALK_PAGE_SIZE),"
                        + " the environment before the file."
            })
    @Nullable
    Path config;

    @Option(
            names = LOG_FORMAT,
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How standard error is written: text, or json, an object a line with time, level and message"
                    + " (default: ${DEFAULT-VALUE}).")
    LogFormat logFormat = LogFormat.TEXT;

    @Option(names = "--debug", description = "Show stack traces, and what the Kafka client logs.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** Whether stack traces are shown. */
    public boolean debug() {
        return debug;
    }
}
