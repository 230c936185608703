package io.pagewalk.cli.option;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many topics to export. */
@Command(optionListHeading = "Topics")
public final class ExportedTopicsOptions extends TopicsOptions {
    /** What to do where a topic is named that is not there. */
    public enum OnMissingTopic {
        FAIL,
        WARN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--on-missing-topic",
            paramLabel = "fail|warn",
            defaultValue = "fail",
            description =
                    "With --topics, where one is named that is not there: fail, with exit code 2, before anything begins, or"
                            + " warn, and export the others (default: ${DEFAULT-VALUE}).")
    public OnMissingTopic onMissingTopic = OnMissingTopic.FAIL;

    @Option(
            names = "--parallel-topics",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "With --topics: how many are exported at a time, the largest first. They share --threads and --max-rate"
                            + " (default: ${DEFAULT-VALUE}).")
    private long parallelTopics = 4;

    /**
     * How many topics are exported at a time.
     *
     * @throws io.pagewalk.error.UsageException if it is not at least one
     */
    public int parallelTopics() {
        return Math.toIntExact(
                Math.min(Integer.MAX_VALUE, ExecutionOptions.atLeastOne("--parallel-topics", parallelTopics)));
    }
}
