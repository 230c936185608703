package io.pagewalk.embedded;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Exit;

/**
 * A cluster of KRaft brokers in this JVM. Its directory keeps everything: started there again, the cluster has its id, its
 * records and its ports again. Topics keep their records for ever unless they are created with another {@code retention.ms}.
 *
 * <p>Brokers are numbered from 1; broker 1 is also the only controller, so the others need it to start. Not thread-safe.
 *
 * <p>Kafka's server depends on the default locale and fails in some, such as Turkish; {@link EmbeddedKafkaMain} does not.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int START_ATTEMPTS = 3;

    private final ClusterFile cluster;
    private final List<Node> nodes;

    private EmbeddedKafka(ClusterFile cluster, List<Node> nodes) {
        this.cluster = cluster;
        this.nodes = nodes;
    }

    /** Starts a cluster of one broker. */
    public static EmbeddedKafka start(Path dir) {
        return start(dir, 1, Map.of());
    }

    /**
     * Starts a cluster and returns once clients can use it. From then on a fatal error of a broker is thrown in the broker's
     * thread and does not end this JVM.
     *
     * @param dir created if it does not exist
     * @param brokers as many as at the first start in this directory
     * @param overrides broker settings that go before the embedded cluster's own; the clients' listener is called CLIENT
     * @throws EmbeddedKafkaException if a broker does not start within two minutes
     */
    public static EmbeddedKafka start(Path dir, int brokers, Map<String, String> overrides) {
        Exit.setHaltProcedure(EmbeddedKafka::fatal);
        Exit.setExitProcedure(EmbeddedKafka::fatal);
        return startInProcess(dir, brokers, overrides);
    }

    /** As {@link #start(Path, int, Map)}, but a fatal error of a broker ends the process. */
    static EmbeddedKafka startInProcess(Path dir, int brokers, Map<String, String> overrides) {
        try {
            Files.createDirectories(dir);
            return Files.exists(ClusterFile.in(dir))
                    ? startAgain(dir, brokers, overrides)
                    : startNew(dir, brokers, overrides);
        } catch (IOException e) {
            throw new EmbeddedKafkaException("cannot use " + dir + " for Kafka: " + e.getMessage(), e);
        }
    }

    /** Where clients connect; the same before and after a broker was stopped. */
    public String bootstrapServers() {
        return cluster.ports().stream()
                .map(port -> BrokerConfig.HOST + ":" + port)
                .collect(Collectors.joining(","));
    }

    /** Stops one broker; its records and its port remain. Does nothing if it does not run. */
    public void stop(int broker) {
        nodes.get(broker - 1).stop();
    }

    /** Starts a stopped broker again. Does nothing if it runs. */
    public void start(int broker) {
        nodes.get(broker - 1).start();
    }

    /**
     * Stops all brokers. May be called again.
     *
     * @throws EmbeddedKafkaException if a broker does not stop within half a minute; the others have been stopped then
     */
    @Override
    public void close() {
        EmbeddedKafkaException failure = null;
        // The controller goes last: brokers ask it for permission to leave.
        for (int i = nodes.size() - 1; i >= 0; i--) {
            try {
                nodes.get(i).stop();
            } catch (EmbeddedKafkaException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static EmbeddedKafka startAgain(Path dir, int brokers, Map<String, String> overrides) throws IOException {
        ClusterFile cluster = ClusterFile.read(dir);
        try {
            return start(dir, cluster, brokers, overrides);
        } catch (EmbeddedKafkaException e) {
            if (isPortTaken(e)) {
                throw new EmbeddedKafkaException(
                        "another process listens on a port of the cluster in " + dir + ": controller "
                                + cluster.controllerPort() + ", brokers " + cluster.ports() + "; stop it first",
                        e);
            }
            throw e;
        }
    }

    private static EmbeddedKafka startNew(Path dir, int brokers, Map<String, String> overrides) throws IOException {
        for (int attempt = 1; ; attempt++) {
            ClusterFile cluster = ClusterFile.create(brokers);
            try {
                EmbeddedKafka started = start(dir, cluster, brokers, overrides);
                cluster.write(dir);
                return started;
            } catch (EmbeddedKafkaException e) {
                // Another process took the port between its choice and its use.
                if (attempt == START_ATTEMPTS || !isPortTaken(e)) {
                    throw e;
                }
            }
        }
    }

    private static EmbeddedKafka start(Path dir, ClusterFile cluster, int brokers, Map<String, String> overrides) {
        if (cluster.ports().size() != brokers) {
            throw new EmbeddedKafkaException(dir + " holds a cluster of "
                    + cluster.ports().size() + " brokers, not " + brokers + "; use another directory");
        }
        List<Node> nodes = new ArrayList<>();
        IntStream.rangeClosed(1, brokers)
                .forEach(id -> nodes.add(new Node(
                        id, cluster.clusterId(), BrokerConfig.of(cluster, id, dir.resolve("node-" + id), overrides))));
        EmbeddedKafka kafka = new EmbeddedKafka(cluster, nodes);
        try {
            nodes.forEach(Node::start);
            return kafka;
        } catch (EmbeddedKafkaException e) {
            kafka.closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(EmbeddedKafkaException failure) {
        try {
            close();
        } catch (EmbeddedKafkaException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static void fatal(int code, String message) {
        throw new IllegalStateException("Kafka wants to end this process with " + code + ": " + message);
    }
}
