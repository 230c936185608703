package io.pagewalk.cli.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether files are compared with their topic. */
@Command(optionListHeading = "Comparison")
public final class ComparisonOptions {
    public static final String AGAINST_TOPIC = "--against-topic";

    @Option(names = AGAINST_TOPIC, description = "Read the extent from the topic again, and compare; implies --deep.")
    public boolean againstTopic;
}
