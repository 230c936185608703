package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import io.pagewalk.listing.ListedTopic;
import io.pagewalk.location.Location;
import io.pagewalk.location.LogLocation;
import io.pagewalk.topics.TopicSelection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which topics of a cluster are meant. */
final class TopicChoice {
    private TopicChoice() {}

    /**
     * Asks the cluster, and sees that there are any.
     *
     * @param log where the logs are, or null
     * @param warns whether a topic that is named and not there is warned of; else that is a failure
     * @throws UsageException if one is missing, or none is there
     */
    static TopicSelection.Chosen of(
            Console console, Pagewalk pagewalk, TopicSelection selection, @Nullable Location log, boolean warns) {
        TopicSelection.Chosen chosen = choose(pagewalk, selection, log);
        if (!chosen.missing().isEmpty()) {
            String missing = "there is no topic " + String.join(", ", chosen.missing())
                    + ", or it may not be seen; ask for DESCRIBE if it is there";
            if (!warns) {
                throw new UsageException(missing + "; --on-missing-topic warn exports the others");
            }
            console.warn(missing);
        }
        if (chosen.topics().isEmpty()) {
            throw new UsageException("no topic matches --topics " + selection
                    + "; internal topics, __.* and topics that hold logs have to be named");
        }
        return chosen;
    }

    private static TopicSelection.Chosen choose(Pagewalk pagewalk, TopicSelection selection, @Nullable Location log) {
        List<ListedTopic> topics = pagewalk.topics();
        Set<String> logs = new HashSet<>();
        if (log instanceof LogLocation location && location.topic() != null) {
            logs.add(location.topic());
        }
        Set<String> matching = new TreeSet<>(selection.choose(topics, logs).topics());
        selection.named().forEach(matching::remove);
        logs.addAll(pagewalk.logTopics(matching));
        return selection.choose(topics, logs);
    }
}
