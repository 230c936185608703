package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is asked to stop does not wait for clients of streams. */
@Timeout(60)
class StoppingIT {
    private static final String SECRET = "the-secret-of-these-tests";

    @Test
    void streamsEndSoonAndAreNotWhole() throws Exception {
        String topic = topicOfMegabytes();
        try (ServeProcess serve = ServeProcess.start(
                        List.of(), Map.of("PAGEWALK_SECRET", SECRET), Broker.servers(), "--readers", "2");
                Socket taking = stream(serve, topic);
                Socket silent = stream(serve, topic)) {
            taking.getInputStream().readNBytes(100_000);
            Eventually.isTrue("both wait for their clients", () -> isWaiting(serve));
            long asked = System.nanoTime();

            serve.process().signal("TERM");
            // All that is on its way comes.
            String rest = new String(taking.getInputStream().readAllBytes(), ISO_8859_1);
            serve.process().await().exits(0);

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));
            assertThat(rest.contains("{\"done\"") || rest.endsWith("0\r\n\r\n")).isFalse();
            assertThat(rest.lines().filter(line -> line.startsWith("{\"error\"")))
                    .singleElement()
                    .asString()
                    .contains("\"status\":503");
            assertThat(silent.isConnected()).isTrue();
        }
    }

    private static String topicOfMegabytes() {
        String topic = Broker.topic("stopped", 1);
        Random random = new Random(1);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] value = new byte[1000];
                random.nextBytes(value);
                records.forget(0, null, value);
            }
        }
        return topic;
    }

    private static Socket stream(ServeProcess serve, String topic) throws IOException {
        String request = RawHttp.head(
                "GET",
                Serving.records(topic) + "?all=true&page_size=500",
                "Host: localhost",
                "Authorization: Bearer " + SECRET);
        Socket socket = RawHttp.connect(serve.port(), 64 * 1024);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static boolean isWaiting(ServeProcess serve) {
        try {
            String metrics = serve.get("/metrics", SECRET).body();
            return metrics.contains("pagewalk_http_streams 2.0") && metrics.contains("pagewalk_http_busy_readers 0.0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
