package io.pagewalk.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The server.properties of one node. Node 1 is also the only controller. */
final class BrokerConfig {
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerConfig() {}

    static Properties of(ClusterFile cluster, int node, Path logDir, Map<String, String> overrides) {
        String replicas = String.valueOf(Math.min(3, cluster.ports().size()));
        String controller = HOST + ":" + cluster.controllerPort();
        String client = "CLIENT://" + HOST + ":" + cluster.ports().get(node - 1);

        Properties config = new Properties();
        config.setProperty("node.id", String.valueOf(node));
        config.setProperty("process.roles", node == 1 ? "broker,controller" : "broker");
        config.setProperty("log.dirs", logDir.toString());
        config.setProperty("listeners", node == 1 ? client + "," + CONTROLLER_LISTENER + "://" + controller : client);
        config.setProperty("advertised.listeners", client);
        config.setProperty("inter.broker.listener.name", "CLIENT");
        config.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        config.setProperty("controller.quorum.voters", "1@" + controller);
        config.setProperty("listener.security.protocol.map", CONTROLLER_LISTENER + ":PLAINTEXT,CLIENT:PLAINTEXT");

        config.setProperty("offsets.topic.replication.factor", replicas);
        config.setProperty("offsets.topic.num.partitions", "1");
        config.setProperty("transaction.state.log.replication.factor", replicas);
        config.setProperty("transaction.state.log.min.isr", "1");
        config.setProperty("transaction.state.log.num.partitions", "1");
        config.setProperty("share.coordinator.state.topic.replication.factor", replicas);
        config.setProperty("share.coordinator.state.topic.min.isr", "1");
        config.setProperty("group.initial.rebalance.delay.ms", "0");
        config.setProperty("auto.create.topics.enable", "false");

        // A topic keeps its records however old their timestamps are, unless its own configuration says otherwise.
        config.setProperty("log.retention.ms", "-1");
        // Demos and tests cannot wait minutes for the cleaner, or for the controller to notice a broker that was
        // killed.
        config.setProperty("log.retention.check.interval.ms", "500");
        config.setProperty("log.initial.task.delay.ms", "100");
        config.setProperty("log.cleaner.backoff.ms", "200");
        config.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        config.setProperty("broker.session.timeout.ms", "3000");
        config.setProperty("broker.heartbeat.interval.ms", "500");

        overrides.forEach(config::setProperty);
        return config;
    }
}
