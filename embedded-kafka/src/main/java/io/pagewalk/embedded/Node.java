package io.pagewalk.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** One broker, with its controller if it has one. Not thread-safe. */
final class Node {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final int id;
    private final String clusterId;
    private final Properties config;
    private @Nullable KafkaRaftServer server;

    Node(int id, String clusterId, Properties config) {
        this.id = id;
        this.clusterId = clusterId;
        this.config = config;
    }

    /** Returns once clients can use the broker. Does nothing if it runs. */
    void start() {
        if (server != null) {
            return;
        }
        try {
            TimeLimit.run("start of Kafka node " + id, START_LIMIT, () -> {
                format();
                KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(config), Time.SYSTEM);
                server = starting;
                starting.startup();
            });
        } catch (EmbeddedKafkaException e) {
            stopAfter(e);
            throw e;
        }
    }

    /** Does nothing if the broker does not run. */
    void stop() {
        KafkaRaftServer stopping = server;
        server = null;
        if (stopping != null) {
            TimeLimit.run("stop of Kafka node " + id, STOP_LIMIT, () -> {
                stopping.shutdown();
                stopping.awaitShutdown();
            });
        }
    }

    private void stopAfter(EmbeddedKafkaException failure) {
        try {
            stop();
        } catch (EmbeddedKafkaException e) {
            failure.addSuppressed(e);
        }
    }

    private void format() {
        String logDir = config.getProperty("log.dirs");
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(Integer.parseInt(config.getProperty("node.id")))
                    .setClusterId(clusterId)
                    .addDirectory(logDir)
                    .setMetadataLogDirectory(logDir)
                    .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                    .setIgnoreFormatted(true)
                    .setPrintStream(nowhere)
                    .run();
        } catch (Exception e) {
            throw new EmbeddedKafkaException("cannot format " + logDir + ": " + e.getMessage(), e);
        }
    }
}
