package io.pagewalk.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether files are compared with their topic. */
@Command(optionListHeading = "Comparison")
final class ComparisonOptions {
    static final String AGAINST_TOPIC = "--against-topic";

    @Option(names = AGAINST_TOPIC, description = "Read the extent from the topic again, and compare; implies --deep.")
    boolean againstTopic;
}
