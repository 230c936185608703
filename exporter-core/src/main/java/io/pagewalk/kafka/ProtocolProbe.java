package io.pagewalk.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why servers do not answer a client that speaks another protocol than they do. Kafka's clients cannot tell: a
 * broker hangs up on what it does not understand, and they take that for a broker that is away. It asks in the clear for a
 * SASL handshake that nobody offers; what comes back shows what is listening.
 */
final class ProtocolProbe {
    private static final int TIMEOUT_MS = 1_500;
    private static final int MOST_SERVERS = 3;
    private static final int TLS_ALERT = 0x15;
    private static final int CORRELATION_ID = 1;

    private ProtocolProbe() {}

    /** What is wrong with the protocol, and what to do; null if nothing is, or nothing could be found out. */
    static @Nullable String mismatch(String servers, String givenProtocol) {
        String securityProtocol = givenProtocol.toUpperCase(Locale.ROOT);
        if (!SecurityProtocol.names().contains(securityProtocol)) {
            // From a configuration provider: not known here.
            return null;
        }
        for (String server : Stream.of(servers.split(",", -1))
                .map(String::strip)
                .limit(MOST_SERVERS)
                .toList()) {
            try {
                String found = judge(ask(server), securityProtocol);
                return found == null ? null : server + " " + found;
            } catch (IOException e) {
                // Away, or as silent to this as to the client: the next one may tell.
            }
        }
        return null;
    }

    private enum Listener {
        TLS,
        SASL,
        PLAIN
    }

    private static @Nullable String judge(Listener listener, String securityProtocol) {
        boolean tls = securityProtocol.endsWith("SSL");
        if (listener == Listener.TLS) {
            return tls
                    ? null
                    : "speaks TLS, and the client does not: set security.protocol=SSL or SASL_SSL in --command-config or"
                            + " with --command-property";
        }
        if (tls) {
            return "does not speak TLS, and the client does: connect to another port, or set security.protocol="
                    + (listener == Listener.SASL ? "SASL_PLAINTEXT" : "PLAINTEXT");
        }
        if (listener == Listener.SASL && !securityProtocol.startsWith("SASL")) {
            return "asks for SASL authentication: set security.protocol=SASL_PLAINTEXT, sasl.mechanism and"
                    + " sasl.jaas.config in --command-config or with --command-property";
        }
        return null;
    }

    private static Listener ask(String server) throws IOException {
        Integer port = Utils.getPort(server);
        if (port == null) {
            throw new IOException("no port: " + server);
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Utils.getHost(server), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(handshake());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int first = in.readUnsignedByte();
            if (first == TLS_ALERT) {
                return Listener.TLS;
            }
            in.skipNBytes(3);
            if (in.readInt() != CORRELATION_ID) {
                throw new IOException(server + " is no Kafka broker");
            }
            return in.readShort() == Errors.ILLEGAL_SASL_STATE.code() ? Listener.PLAIN : Listener.SASL;
        }
    }

    private static byte[] handshake() {
        byte[] client = "pagewalk".getBytes(StandardCharsets.UTF_8);
        byte[] mechanism = "NONE".getBytes(StandardCharsets.UTF_8);
        ByteBuffer request = ByteBuffer.allocate(4 + 2 + 2 + 4 + 2 + client.length + 2 + mechanism.length);
        request.putInt(request.capacity() - 4)
                .putShort(ApiKeys.SASL_HANDSHAKE.id)
                .putShort((short) 1)
                .putInt(CORRELATION_ID)
                .putShort((short) client.length)
                .put(client)
                .putShort((short) mechanism.length)
                .put(mechanism);
        return request.array();
    }
}
