package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.DockerStatus;

/**
 * Exports from Kafka's own image, and with Pagewalk's, whose name is in the environment variable PAGEWALK_IMAGE. Skipped where there
 * is no Docker, or no image.
 */
@Timeout(300)
class ContainerIT {
    private static final DockerImageName KAFKA_IMAGE = DockerImageName.parse("apache/kafka:4.3.1");
    private static final String PAGEWALK_IMAGE = System.getenv("PAGEWALK_IMAGE");
    private static final String TOPIC = "orders";

    private static Network network;
    private static KafkaContainer kafka;
    private static Records records;

    @TempDir
    Path temp;

    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker here");
        network = Network.newNetwork();
        kafka = new KafkaContainer(KAFKA_IMAGE).withNetwork(network).withListener("broker:19092");
        try {
            kafka.start();
        } catch (ContainerFetchException e) {
            assumeTrue(false, "there is no image " + KAFKA_IMAGE + " here: " + e.getMessage());
        }
        Map<String, Object> servers = Map.of("bootstrap.servers", kafka.getBootstrapServers());
        NewTopic topic = new NewTopic(TOPIC, 3, (short) 1).configs(Map.of("retention.ms", "-1"));
        try (Admin admin = Admin.create(servers)) {
            admin.createTopics(List.of(topic)).all().get();
        }
        records = Records.into(TOPIC, servers)
                .send(0, 20_000)
                .send(1, 500)
                .send(2, 1_000)
                .flush();
    }

    @AfterAll
    static void stop() {
        if (records != null) {
            records.close();
        }
        if (kafka != null) {
            kafka.stop();
        }
        if (network != null) {
            network.close();
        }
    }

    /** Whoever the image runs as can write there. */
    @BeforeEach
    void makeWritableDirectory() throws Exception {
        directory = Files.createDirectory(temp.resolve("data"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void exportsFromABrokerInAContainer() {
        Cli.run(Cli.exportArgumentsAt(kafka.getBootstrapServers(), TOPIC, directory))
                .exits(0);

        assertThat(new Output(directory).rows()).isEqualTo(records.rows());
    }

    @Test
    void theImageExportsAsAnArbitraryUserWithAReadOnlyRoot() {
        skipUnlessImage();

        assertThat(runToItsEnd("export")).isEqualTo(0);

        new Output(directory).assertComplete(TOPIC);
        assertThat(new Output(directory).rows()).isEqualTo(records.rows());
    }

    /** Java is process 1, which gets the signal that a container is stopped with, and whose exit code is the container's. */
    @Test
    void theImageStopsAtTheSignalAndGoesOnWhenItIsRunAgain() {
        skipUnlessImage();
        try (GenericContainer<?> container = pagewalk("export", "--page-size", "200", "--max-rate", "100kB")) {
            container.waitingFor(Wait.forLogMessage(".*[1-9][0-9]* pages? committed.*", 1));
            container.start();
            docker().stopContainerCmd(container.getContainerId())
                    .withTimeout(60)
                    .exec();

            assertThat(exitCode(container)).as(container.getLogs()).isEqualTo(3);
        }
        assertThat(runToItsEnd("export", "--page-size", "200")).isEqualTo(0);

        assertThat(new Output(directory).rows()).isEqualTo(records.rows());
    }

    @Test
    void theImagePassesExitCodesOn() {
        skipUnlessImage();

        assertThat(runToItsEnd("export", "--topic", "no-such-topic", "--quiet")).isEqualTo(2);
    }

    /** The exit code of a command in a container. */
    private long runToItsEnd(String... command) {
        try (GenericContainer<?> container = pagewalk(command)) {
            container.withStartupCheckStrategy(new UntilItEnds()).start();
            return exitCode(container);
        }
    }

    private GenericContainer<?> pagewalk(String... command) {
        return new GenericContainer<>(DockerImageName.parse(PAGEWALK_IMAGE))
                .withNetwork(network)
                .withEnv("PAGEWALK_BOOTSTRAP_SERVER", "broker:19092")
                .withEnv("PAGEWALK_TOPIC", TOPIC)
                .withEnv("PAGEWALK_OUTPUT", "/data")
                .withEnv("PAGEWALK_KEY_FORMAT", "bytes")
                .withEnv("PAGEWALK_VALUE_FORMAT", "bytes")
                .withEnv("PAGEWALK_HEADER_FORMAT", "bytes")
                .withCommand(command)
                .withCreateContainerCmdModifier(create -> {
                    create.withUser(user() + ":0");
                    HostConfig host = Objects.requireNonNull(create.getHostConfig());
                    host.withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            // Not by Testcontainers, which would try it with an image of its own first.
                            .withBinds(new Bind(directory.toString(), new Volume("/data")));
                });
    }

    /** One that the image does not know, and whose files this process can delete. */
    private long user() {
        try {
            int own = (int) Files.getAttribute(temp, "unix:uid");
            return own == 0 ? 1_000_660_000 : own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long exitCode(GenericContainer<?> container) {
        return Objects.requireNonNull(docker().inspectContainerCmd(container.getContainerId())
                .exec()
                .getState()
                .getExitCodeLong());
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    private static void skipUnlessImage() {
        assumeTrue(PAGEWALK_IMAGE != null, "PAGEWALK_IMAGE names no image");
    }

    /** Whatever it ends with. */
    private static final class UntilItEnds extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String containerId) {
            return DockerStatus.isContainerStopped(getCurrentState(client, containerId))
                    ? StartupStatus.SUCCESSFUL
                    : StartupStatus.NOT_YET_KNOWN;
        }
    }
}
