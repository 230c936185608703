package io.pagewalk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void areDifferentAndNoneThatAnOutgoingConnectionMayTake() throws IOException {
        List<Integer> ports = Ports.free(100);

        assertThat(ports).hasSize(100).doesNotHaveDuplicates().allMatch(port -> port >= 1024 && port < 32768);
    }

    @Test
    void areFree() throws IOException {
        int port = Ports.free(1).get(0);

        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
