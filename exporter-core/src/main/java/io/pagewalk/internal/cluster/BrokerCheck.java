package io.pagewalk.internal.cluster;

import io.pagewalk.error.Advice;
import io.pagewalk.internal.cluster.Obstacle.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what keeps a client from its brokers. Clients connect to a server that the user named only to hear where the
 * brokers are; where one of them cannot be reached at the address that it advertises, they try again without a word, and
 * their timeouts do not name it.
 */
public final class BrokerCheck {
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final int MOST_SERVERS = 3;
    /** Each may take some seconds. */
    private static final int MOST_OBSTACLES = 2;

    private final KafkaSettings settings;

    public BrokerCheck(KafkaSettings settings) {
        this.settings = settings;
    }

    /** As {@link #look}, but on another thread and for a few seconds at most: names may take long to be looked up. */
    Findings lookBriefly() {
        FutureTask<Findings> look = new FutureTask<>(this::look);
        Thread thread = new Thread(look, "broker-check");
        thread.setDaemon(true);
        thread.start();
        try {
            return look.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Findings.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Findings.NONE;
        }
    }

    /** Asks the named servers for the brokers, and tries to reach each of those. */
    Findings look() {
        List<String> servers = BootstrapServers.split(settings.bootstrapServers());
        Obstacle first = null;
        try (BrokerClient client = new BrokerClient(settings)) {
            for (int i = 0; i < Math.min(MOST_SERVERS, servers.size()); i++) {
                String server = servers.get(i);
                Node node = new Node(-1 - i, host(server), port(server));
                Obstacle obstacle = obstacle(client, node, server);
                if (obstacle == null) {
                    return lookAtBrokers(client, client.brokers(node), server);
                }
                if (obstacle.kind() == Kind.WRONG_LISTENER || obstacle.kind() == Kind.NOT_ACCEPTED) {
                    return new Findings(false, 0, List.of(obstacle));
                }
                first = first == null ? obstacle : first;
            }
        } catch (IOException | KafkaException e) {
            // What the client itself meets is told anyhow.
        }
        return new Findings(false, 0, first == null ? List.of() : List.of(first));
    }

    private Findings lookAtBrokers(BrokerClient client, Iterable<Node> advertised, String by) {
        List<Node> brokers = new ArrayList<>();
        advertised.forEach(brokers::add);
        brokers.sort(Comparator.comparingInt(Node::id));
        List<Obstacle> obstacles = new ArrayList<>();
        int reached = 0;
        for (Node broker : brokers) {
            String who = "broker " + broker.id() + " at " + broker.host() + ":" + broker.port() + ", which " + by
                    + " advertises,";
            Obstacle obstacle = obstacle(client, broker, who);
            if (obstacle == null) {
                reached++;
            } else {
                obstacles.add(obstacle);
            }
            if (obstacles.size() == MOST_OBSTACLES) {
                break;
            }
        }
        return new Findings(true, reached, obstacles);
    }

    private @Nullable Obstacle obstacle(BrokerClient client, Node server, String who) {
        boolean named = server.id() < 0;
        try {
            ProtocolProbe.Mismatch mismatch =
                    ProtocolProbe.mismatch(server.host(), server.port(), settings.securityProtocol());
            if (mismatch != null) {
                return wrongListener(server, who, mismatch);
            }
            return client.connect(server)
                    ? null
                    : wrongListener(
                            server,
                            who,
                            new ProtocolProbe.Mismatch(
                                    "is a KRaft controller, not a broker",
                                    "connect to the port on which a broker listens for clients",
                                    Advice.NONE));
        } catch (UnknownHostException e) {
            return new Obstacle(
                    Kind.UNRESOLVABLE,
                    server.id(),
                    who,
                    "cannot be resolved",
                    named
                            ? "check the name"
                            : "check advertised.listeners of that broker, and whether this machine knows the name",
                    Advice.NONE);
        } catch (AuthenticationException e) {
            return new Obstacle(
                    Kind.NOT_ACCEPTED,
                    server.id(),
                    who,
                    "does not accept the client, or is not accepted by it",
                    "check the client's ssl.* and sasl.* settings",
                    Advice.CHANGE_CLIENT_SETTINGS);
        } catch (ConnectException e) {
            return away(server, who, "refuses connections");
        } catch (IOException e) {
            return away(server, who, "does not answer");
        }
    }

    private static Obstacle wrongListener(Node server, String who, ProtocolProbe.Mismatch mismatch) {
        boolean named = server.id() < 0;
        return new Obstacle(
                Kind.WRONG_LISTENER,
                server.id(),
                who,
                mismatch.what(),
                named ? mismatch.advice() : "check advertised.listeners of that broker",
                named ? mismatch.how() : Advice.NONE);
    }

    private static Obstacle away(Node server, String who, String what) {
        return new Obstacle(
                Kind.AWAY,
                server.id(),
                who,
                what,
                server.id() < 0
                        ? "check that it runs"
                        : "check that it runs, and that this machine can reach what its advertised.listeners says",
                Advice.NONE);
    }

    private static String host(String server) {
        return String.valueOf(Utils.getHost(server));
    }

    private static int port(String server) {
        Integer port = Utils.getPort(server);
        return port == null ? -1 : port;
    }
}
