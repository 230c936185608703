package io.pagewalk.cli.option;

import io.pagewalk.error.UsageException;
import io.pagewalk.topics.TopicSelection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many topics instead of one. */
@Command(optionListHeading = "Topics")
public class TopicsOptions {
    static final String TOPICS = "--topics";

    @Option(
            names = TOPICS,
            paramLabel = "LIST",
            description =
                    "Many topics instead of one, each in a directory OUTPUT/TOPIC: names and regular expressions, separated by commas, such"
                            + " as 'orders,payments-.*'. What is made of letters, digits, dots, dashes and underscores is a name."
                            + " Internal topics, __.* and those that hold logs are left out unless they are named.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "LIST", description = "With --topics: leave those out; likewise.")
    private List<String> exclude = new ArrayList<>();

    /** Whether many are asked for. */
    public final boolean areMany() {
        if (topics.isEmpty() && !exclude.isEmpty()) {
            throw new UsageException("--exclude leaves topics out: it needs --topics, such as --topics '.*'");
        }
        return !topics.isEmpty();
    }

    /**
     * Which are meant, or null if it was not said.
     *
     * @throws UsageException if it is neither names nor expressions
     */
    @Nullable
    public final TopicSelection selection() {
        if (!areMany()) {
            return null;
        }
        try {
            return TopicSelection.of(topics, exclude);
        } catch (UsageException e) {
            throw new UsageException("--topics or --exclude: " + e.problem(), e);
        }
    }
}
