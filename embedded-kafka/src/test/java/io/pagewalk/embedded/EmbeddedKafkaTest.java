package io.pagewalk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    @TempDir
    Path dir;

    @Test
    void keepsRecordsClusterIdAndAddressOverARestart() throws Exception {
        String servers;
        String clusterId;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
            servers = kafka.bootstrapServers();
            clusterId = clusterId(servers);
            Topics.create(servers, "kept", 1, Map.of());
            Records.produce(servers, "kept", List.of("a", "b", "c"));

            assertThat(Records.consume(servers, "kept", 3)).containsExactly("a", "b", "c");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            assertThat(clusterId(servers)).isEqualTo(clusterId);
            assertThat(Records.consume(servers, "kept", 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void servesFromTheOtherBrokersWhileOneIsStopped() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 2, Map.of("default.replication.factor", "2"))) {
            Topics.create(kafka.bootstrapServers(), "replicated", 1, Map.of());
            Records.produce(kafka.bootstrapServers(), "replicated", List.of("a"));

            kafka.stop(2);
            assertThat(Records.consume(kafka.bootstrapServers(), "replicated", 1))
                    .containsExactly("a");

            kafka.start(2);
            Records.produce(kafka.bootstrapServers(), "replicated", List.of("b"));
            assertThat(Records.consume(kafka.bootstrapServers(), "replicated", 2))
                    .containsExactly("a", "b");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            ClusterFile free = ClusterFile.create(1);
            new ClusterFile(free.clusterId(), free.controllerPort(), List.of(taken.getLocalPort())).write(dir);

            assertThatThrownBy(() -> EmbeddedKafka.start(dir))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void refusesADirectoryOfAnotherClusterSize() throws Exception {
        ClusterFile.create(3).write(dir);

        assertThatThrownBy(() -> EmbeddedKafka.start(dir))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("a cluster of 3 brokers, not 1");
    }

    private static String clusterId(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.describeCluster().clusterId().get();
        }
    }
}
