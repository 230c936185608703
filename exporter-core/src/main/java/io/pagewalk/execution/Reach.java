package io.pagewalk.execution;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a process reaches the cluster and the stores of an export, for those who do work in other processes. Everything was looked
 * up: files of settings were read, and are not named. It holds credentials.
 *
 * @param bootstrapServers the brokers to connect to first, or null if no cluster was named
 * @param client settings of Kafka's clients
 * @param files settings of file systems, by Hadoop's names
 * @param retryTimeout for how long brokers or a store may not answer
 * @param maxBytesPerSecond what is read at most, over all processes; 0 for no limit
 */
public record Reach(
        @Nullable String bootstrapServers,
        Map<String, String> client,
        Map<String, String> files,
        Duration retryTimeout,
        long maxBytesPerSecond) {
    public Reach {
        client = Map.copyOf(client);
        files = Map.copyOf(files);
    }

    /** The same with another limit. */
    public Reach withMaxBytesPerSecond(long bytes) {
        return new Reach(bootstrapServers, client, files, retryTimeout, bytes);
    }

    /** The same with another setting of Kafka's clients. */
    public Reach withClient(String name, String value) {
        Map<String, String> settings = new HashMap<>(client);
        settings.put(name, value);
        return new Reach(bootstrapServers, settings, files, retryTimeout, maxBytesPerSecond);
    }

    /** The same as one line of text, with the credentials, to be sent to a process that runs this version of Pagewalk. */
    public String encode() {
        return WorkText.of(this);
    }

    /**
     * What was encoded.
     *
     * @throws IllegalArgumentException if this version of Pagewalk has not written it
     */
    public static Reach decode(String text) {
        return WorkText.reach(text);
    }

    /** Without the values of settings, which may be secrets. */
    @Override
    public String toString() {
        return "Reach[" + bootstrapServers + ", client=" + client.keySet() + ", files=" + files.keySet() + "]";
    }
}
