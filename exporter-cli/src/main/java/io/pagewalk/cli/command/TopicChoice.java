package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.Location;
import io.pagewalk.location.LogLocation;
import io.pagewalk.topics.TopicSelection;
import java.util.Set;
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
        String topic = log instanceof LogLocation logs ? logs.topic() : null;
        TopicSelection.Chosen chosen = selection.choose(pagewalk.topics(), topic == null ? Set.of() : Set.of(topic));
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
}
