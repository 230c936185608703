package io.pagewalk.cli.option;

import io.pagewalk.error.UsageException;
import io.pagewalk.model.Direction;
import io.pagewalk.model.TopicNames;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import java.time.ZoneId;
import org.apache.kafka.common.IsolationLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which records are meant, and from which end they are walked. */
@Command(optionListHeading = "Records")
public final class SelectionOptions {
    @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic.")
    String topic = "";

    @Option(
            names = "--from",
            paramLabel = "BOUND",
            defaultValue = "earliest",
            description = "Where to begin in every partition: earliest, offset:N, a date (2026-01-31), an instant"
                    + " (2026-01-31T12:00:00Z), today, yesterday or now-1h. A time is the place where the log"
                    + " crosses it, whatever single records say (default: ${DEFAULT-VALUE}).")
    OffsetBound from = new OffsetBound.Earliest();

    @Option(
            names = "--to",
            paramLabel = "BOUND",
            defaultValue = "latest",
            description = "Where to end, exclusive: latest, or as --from (default: ${DEFAULT-VALUE}).")
    OffsetBound to = new OffsetBound.Latest();

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Where days begin, such as Europe/Berlin (default: ${DEFAULT-VALUE}).")
    ZoneId zone = ExportSpec.UTC;

    @Option(
            names = "--partitions",
            paramLabel = "LIST",
            defaultValue = "all",
            description =
                    "Which partitions, such as 0,3-5, or a share: 2/8 is the third of eight, whose numbers leave 2 when"
                            + " divided by 8 (default: ${DEFAULT-VALUE}).")
    PartitionSet partitions = PartitionSet.ALL;

    @Option(
            names = "--direction",
            paramLabel = "asc|desc",
            defaultValue = "asc",
            description = "Oldest or newest pages first (default: ${DEFAULT-VALUE}).")
    Direction direction = Direction.ASC;

    @Option(
            names = "--isolation-level",
            paramLabel = "LEVEL",
            defaultValue = "read_committed",
            description = "read_committed leaves out aborted transactions and ends before open ones; read_uncommitted"
                    + " takes everything (default: ${DEFAULT-VALUE}).")
    IsolationLevel isolationLevel = IsolationLevel.READ_COMMITTED;

    /**
     * Sees that no single topic is named beside the many.
     *
     * @throws UsageException if one is
     */
    public void requireNoTopic() {
        if (!topic.isEmpty()) {
            throw new UsageException("--topic is one, " + TopicsOptions.TOPICS + " are many: give one of the two");
        }
    }

    /** @throws UsageException if there is none, or its name is none */
    String topic() {
        if (topic.isEmpty()) {
            throw new UsageException("--topic is missing (or PAGEWALK_TOPIC); " + TopicsOptions.TOPICS + " names many");
        }
        if (!TopicNames.isValid(topic)) {
            boolean blank = topic.chars().anyMatch(Character::isWhitespace);
            throw new UsageException("--topic '" + topic.replaceAll("\\R|\\p{Cc}", " ")
                    + "' is not a topic name: 1 to 249 letters, digits, dots, dashes and underscores"
                    + (blank ? "; it has a blank, maybe at its end" : ""));
        }
        return topic;
    }
}
