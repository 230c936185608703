package io.pagewalk.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1 on which nothing listens now, for servers that are to find theirs free again after a restart. */
public final class Ports {
    private static final int FIRST = 10_000;
    /** From here on Linux gives ports to outgoing connections, which may take one at any time; other systems begin higher. */
    private static final int END = 32_768;

    private static final int MAX_ATTEMPTS = 1_000;

    private Ports() {}

    /**
     * So many different ports.
     *
     * @throws IOException if they cannot be found
     */
    public static List<Integer> free(int count) throws IOException {
        List<ServerSocket> found = new ArrayList<>();
        try {
            for (int attempt = 1; found.size() < count; attempt++) {
                ServerSocket socket = new ServerSocket();
                try {
                    socket.bind(address());
                    found.add(socket);
                } catch (BindException e) {
                    socket.close();
                    if (attempt == MAX_ATTEMPTS) {
                        throw e;
                    }
                }
            }
            return found.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : found) {
                socket.close();
            }
        }
    }

    private static InetSocketAddress address() throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                ThreadLocalRandom.current().nextInt(FIRST, END));
    }
}
