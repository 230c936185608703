package io.pagewalk.internal.cluster;

import io.pagewalk.error.Advice;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a server does not answer a client that speaks another protocol than it does. Kafka's clients cannot tell: a
 * broker hangs up on what it does not understand, and they take that for a broker that is away. It asks in the clear for a
 * SASL handshake that nobody offers; what comes back shows what is listening.
 */
final class ProtocolProbe {
    private static final int TIMEOUT_MS = 1_500;
    private static final int TLS_ALERT = 0x15;
    private static final int CORRELATION_ID = 1;
    /** Web servers wait for the end of a line; a broker has answered by then. */
    private static final byte[] END_OF_REQUEST = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HTTP = "HTTP".getBytes(StandardCharsets.US_ASCII);

    /**
     * What is wrong with a server's protocol.
     *
     * @param what the server does, as the rest of a sentence about it
     * @param advice what to do if the server is the one that the user named
     * @param how how to do that
     */
    record Mismatch(String what, String advice, Advice how) {}

    private ProtocolProbe() {}

    /**
     * What is wrong with the protocol; null if nothing is, or nothing can be found out.
     *
     * @throws IOException if the server cannot be reached, or says nothing
     */
    static @Nullable Mismatch mismatch(String host, int port, String givenProtocol) throws IOException {
        String securityProtocol = givenProtocol.toUpperCase(Locale.ROOT);
        IOException failure = new EOFException();
        for (InetAddress address : InetAddress.getAllByName(host)) {
            try {
                Listener listener = ask(new InetSocketAddress(address, port));
                // A protocol that comes from a configuration provider is not known here.
                return SecurityProtocol.names().contains(securityProtocol) ? judge(listener, securityProtocol) : null;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private enum Listener {
        TLS,
        SASL,
        PLAIN,
        HTTP
    }

    private static @Nullable Mismatch judge(Listener listener, String securityProtocol) {
        if (listener == Listener.HTTP) {
            return new Mismatch(
                    "speaks HTTP, not the protocol of Kafka",
                    "connect to the port on which a broker listens",
                    Advice.NONE);
        }
        boolean tls = securityProtocol.endsWith("SSL");
        if (listener == Listener.TLS) {
            return tls
                    ? null
                    : new Mismatch(
                            "speaks TLS, and the client does not",
                            "set security.protocol=SSL or SASL_SSL",
                            Advice.CHANGE_CLIENT_SETTINGS);
        }
        if (tls) {
            return new Mismatch(
                    "does not speak TLS, and the client does",
                    "connect to another port, or set security.protocol="
                            + (listener == Listener.SASL ? "SASL_PLAINTEXT" : "PLAINTEXT"),
                    Advice.CHANGE_CLIENT_SETTINGS);
        }
        if (listener == Listener.SASL && !securityProtocol.startsWith("SASL")) {
            return new Mismatch(
                    "asks for SASL authentication",
                    "set security.protocol=SASL_PLAINTEXT, sasl.mechanism and sasl.jaas.config",
                    Advice.CHANGE_CLIENT_SETTINGS);
        }
        return null;
    }

    private static Listener ask(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(handshake());
            out.flush();
            byte[] begin = new byte[4];
            begin[0] = first(socket, in, out);
            if (begin[0] == TLS_ALERT) {
                return Listener.TLS;
            }
            in.readFully(begin, 1, 3);
            if (Arrays.equals(begin, HTTP)) {
                return Listener.HTTP;
            }
            if (in.readInt() != CORRELATION_ID) {
                throw new EOFException("no answer of a broker");
            }
            return in.readShort() == Errors.ILLEGAL_SASL_STATE.code() ? Listener.PLAIN : Listener.SASL;
        }
    }

    private static byte first(Socket socket, DataInputStream in, DataOutputStream out) throws IOException {
        try {
            return in.readByte();
        } catch (SocketTimeoutException e) {
            out.write(END_OF_REQUEST);
            out.flush();
            socket.setSoTimeout(TIMEOUT_MS / 3);
            return in.readByte();
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
