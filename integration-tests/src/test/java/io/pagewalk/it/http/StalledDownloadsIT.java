package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that wait for clients which do not take them, in a JVM that ends if its memory does. */
@Timeout(120)
class StalledDownloadsIT {
    private static final String SECRET = "the-secret-of-these-tests";
    private static final int CLIENTS = 20;

    /** Each byte takes six as JSON. */
    @Test
    void whatWaitsToBeTakenFitsIntoMemory() throws Exception {
        String topic = topicOfControlCharacters();
        List<Socket> stalled = new ArrayList<>();
        try (ServeProcess serve = ServeProcess.start(
                List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
                Map.of("PAGEWALK_SECRET", SECRET),
                Broker.servers())) {
            try {
                Set<Integer> statuses = new TreeSet<>();
                for (int i = 0; i < CLIENTS; i++) {
                    Socket socket = RawHttp.connect(serve.port(), 8 * 1024);
                    stalled.add(socket);
                    String request = RawHttp.head(
                            "GET",
                            Serving.records(topic) + "?page_size=100&value_format=string",
                            "Host: localhost",
                            "Authorization: Bearer " + SECRET);
                    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                    String line = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
                    statuses.add(Integer.parseInt(line.substring(9)));
                }

                assertThat(statuses).containsExactly(200, 429);
                assertThat(serve.get("/healthz", null).statusCode()).isEqualTo(200);
            } finally {
                for (Socket socket : stalled) {
                    socket.close();
                }
            }
            assertThat(serve.process().err()).isEmpty();
        }
    }

    private static String topicOfControlCharacters() throws IOException {
        String topic = Broker.topic("stalled", 1);
        byte[] value = new byte[100_000];
        Arrays.fill(value, (byte) 1);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 60; i++) {
                records.forget(0, null, value);
            }
        }
        return topic;
    }
}
