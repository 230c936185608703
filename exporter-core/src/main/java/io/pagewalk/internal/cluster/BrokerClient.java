package io.pagewalk.internal.cluster;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.memory.MemoryPool;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Talks to one server that is chosen by its address, with all of the user's settings. The public clients choose the server
 * themselves, and tell nothing of the addresses that they were given; so this is made of their inner parts.
 */
final class BrokerClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 3_000;
    /** A name may stand for several addresses, and one of them is tried at a time. */
    private static final int ATTEMPTS = 3;

    private static final long BACKOFF_MS = 10;
    /** What is no broker may begin its answer with any number: nobody needs to have memory for that. */
    private static final int LARGEST_ANSWER = 16 << 20;

    private final Time time = Time.SYSTEM;
    private final Metrics metrics = new Metrics(time);
    private final ApiVersions versions = new ApiVersions();
    private final NetworkClient client;

    BrokerClient(KafkaSettings settings) {
        AdminClientConfig config = new AdminClientConfig(settings.adminConfig());
        LogContext log = new LogContext("[broker check] ");
        Selector selector = new Selector(
                LARGEST_ANSWER,
                Selector.NO_IDLE_TIMEOUT_MS,
                metrics,
                time,
                "broker-check",
                Map.of(),
                false,
                false,
                ClientUtils.createChannelBuilder(config, time, log),
                MemoryPool.NONE,
                log);
        this.client = new NetworkClient(
                selector,
                new ManualMetadataUpdater(),
                config.getString(AdminClientConfig.CLIENT_ID_CONFIG),
                1,
                BACKOFF_MS,
                BACKOFF_MS,
                Selector.USE_DEFAULT_BUFFER_SIZE,
                Selector.USE_DEFAULT_BUFFER_SIZE,
                TIMEOUT_MS,
                TIMEOUT_MS,
                TIMEOUT_MS,
                time,
                true,
                versions,
                log,
                MetadataRecoveryStrategy.NONE);
    }

    /**
     * Connects, and authenticates as the settings say.
     *
     * @return whether what answers is a broker, and not a controller
     * @throws IOException if there is no connection, or no answer
     * @throws AuthenticationException if one of the two does not accept the other
     */
    boolean connect(Node server) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!NetworkClientUtils.awaitReady(client, server, time, TIMEOUT_MS)) {
                    throw new SocketTimeoutException("no answer");
                }
                return versions.get(server.idString()).apiVersion(ApiKeys.METADATA) != null;
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                time.sleep(2 * BACKOFF_MS);
            }
        }
    }

    /** The brokers that a server to which there is a connection advertises. */
    Collection<Node> brokers(Node server) throws IOException {
        ClientRequest question = client.newClientRequest(
                server.idString(), new MetadataRequest.Builder(List.of(), false), time.milliseconds(), true);
        return ((MetadataResponse) NetworkClientUtils.sendAndReceive(client, question, time)
                        .responseBody())
                .brokers();
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
    }
}
