package io.pagewalk.internal.cluster;

import io.pagewalk.error.UsageException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The servers that a client is given to begin with. */
final class BootstrapServers {
    private static final int LAST_PORT = 65_535;

    private BootstrapServers() {}

    static List<String> split(String servers) {
        return Stream.of(servers.split(",", -1)).map(String::strip).toList();
    }

    /**
     * Kafka's clients only say that such an entry is an invalid URL.
     *
     * @throws UsageException if an entry is not HOST:PORT
     */
    static void require(String servers) {
        for (String server : split(servers)) {
            String fault = fault(server);
            if (fault != null) {
                throw new UsageException("bootstrap server " + shown(server) + " " + fault
                        + ": give HOST:PORT, such as localhost:9092; several are separated by commas");
            }
        }
    }

    private static @Nullable String fault(String server) {
        if (server.isEmpty()) {
            return "is empty";
        }
        Integer port = Utils.getPort(server);
        if (Utils.getHost(server) != null && port != null) {
            return port < 1 || port > LAST_PORT ? "has a port that is not between 1 and " + LAST_PORT : null;
        }
        return Utils.getHost(server + ":1") == null ? "cannot be understood" : "has no port";
    }

    /** Who writes a user into it may have written a password, too. */
    private static String shown(String server) {
        return "'" + server.substring(server.lastIndexOf('@') + 1) + "'";
    }
}
