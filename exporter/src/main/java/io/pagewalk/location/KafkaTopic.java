package io.pagewalk.location;

import io.pagewalk.error.UsageException;
import io.pagewalk.model.TopicNames;

/** A topic that holds logs, in the cluster of the exported topic. */
public record KafkaTopic(String name) implements Location {
    static final String PREFIX = "kafka:";

    static KafkaTopic parse(String text) {
        String name = text.substring(PREFIX.length());
        if (!TopicNames.isValid(name)) {
            throw new UsageException("'" + LocalPaths.shown(text) + "' is not kafka: and the name of a topic");
        }
        return new KafkaTopic(name);
    }

    @Override
    public String toString() {
        return PREFIX + name;
    }
}
