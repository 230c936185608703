package io.pagewalk.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.http.RawHttp.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no request of HTTP/1.1 is refused or cut off, soon, and told of nowhere. */
class MalformedRequestsIT {
    private static final String SECRET = "the-secret-of-these-tests";
    private static final String HOST = "Host: 127.0.0.1\r\n";
    private static final String BEARER = "Authorization: Bearer " + SECRET + "\r\n";
    private static final String POST = "POST /api/v1/topics/x/records HTTP/1.1\r\n" + HOST + BEARER
            + "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String TOPICS = "GET /api/v1/topics HTTP/1.1\r\n";

    private static ServeProcess serve;

    @BeforeAll
    static void start() throws IOException {
        serve = ServeProcess.start(List.of(), Map.of("PAGEWALK_SECRET", SECRET), Broker.servers());
    }

    @AfterAll
    static void stop() throws IOException {
        String said = serve.process().err();
        serve.close();
        assertThat(said).isEmpty();
    }

    static Map<String, String> requests() {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("a request line of 500 kB", "GET /" + "a".repeat(500_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        requests.put("a query of 500 kB", "GET /?" + "a=b&".repeat(125_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        requests.put("a method of 500 kB", "A".repeat(500_000) + " / HTTP/1.1\r\n" + HOST + "\r\n");
        requests.put("a header of 500 kB", TOPICS + HOST + "X: " + "a".repeat(500_000) + "\r\n\r\n");
        requests.put("100,000 headers", TOPICS + HOST + "X: y\r\n".repeat(100_000) + "\r\n");
        requests.put("bare line feeds", "GET /api/v1/topics HTTP/1.1\nHost: 127.0.0.1\n\n");
        requests.put("bare carriage returns", "GET /api/v1/topics HTTP/1.1\rHost: 127.0.0.1\r\r");
        requests.put("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
        requests.put("HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n");
        requests.put("HTTP/9.9", "GET / HTTP/9.9\r\n" + HOST + "\r\n");
        requests.put("HTTP/0.9", "GET /\r\n\r\n");
        requests.put("NUL in the path", "GET /a\0b HTTP/1.1\r\n" + HOST + "\r\n");
        requests.put("NUL in a header", TOPICS + "Host: 127.0.0.1\0\r\n\r\n");
        requests.put("only NUL", "\0".repeat(1000) + "\r\n\r\n");
        requests.put("only line ends", "\r\n".repeat(50_000));
        requests.put("a hello of TLS", "\26\3\1\2\0\1\0\1\374\3\3" + "x".repeat(504));
        requests.put("the version of SSH", "SSH-2.0-OpenSSH_9.9\r\n\r\n");
        requests.put("a folded header", TOPICS + HOST + "X: a\r\n b\r\n\r\n");
        requests.put("a header without a colon", TOPICS + HOST + "nothing\r\n\r\n");
        requests.put("a header without a name", TOPICS + HOST + ": x\r\n\r\n");
        requests.put("a space before the colon", TOPICS + HOST + "X : y\r\n\r\n");
        requests.put("no target", "GET HTTP/1.1\r\n" + HOST + "\r\n");
        requests.put("a target without a slash", "GET api/v1/topics HTTP/1.1\r\n" + HOST + BEARER + "\r\n");
        requests.put("an asterisk for a target", "GET * HTTP/1.1\r\n" + HOST + BEARER + "\r\n");
        requests.put("CONNECT", "CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + HOST + BEARER + "\r\n");
        requests.put("TRACE", "TRACE /api/v1/topics HTTP/1.1\r\n" + HOST + BEARER + "\r\n");
        requests.put("an unknown expectation", TOPICS + HOST + BEARER + "Expect: miracles\r\n\r\n");
        requests.put("a chunk that is none", POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\nxxx\r\n");
        requests.put("a chunk of 16 exabytes", POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nxxx\r\n");
        requests.put("a chunk with a sign", POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\nxxx\r\n");
        requests.put("an unknown encoding", POST + "Transfer-Encoding: gzip\r\n\r\nxxx");
        requests.put("chunks with a length", POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n");
        requests.put("two lengths", POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
        requests.put("a length below nothing", POST + "Content-Length: -3\r\n\r\nabc");
        requests.put("a length that is no number", POST + "Content-Length: 0x3\r\n\r\nabc");
        requests.put("a length beyond all numbers", POST + "Content-Length: 99999999999999999999\r\n\r\nabc");
        requests.put("a body of 2 MB", POST + "Content-Length: 2000000\r\n\r\n" + "a".repeat(2_000_000));
        requests.put("a body that is no UTF-8", POST + "Content-Length: 2\r\n\r\n\300\200");
        return requests;
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesOrHangsUp(String name) throws Exception {
        Reply reply = RawHttp.send(serve.port(), requests().get(name));

        assertThat(reply.status())
                .as("%s", reply)
                .satisfiesAnyOf(
                        status -> assertThat(status).isBetween(400, 499),
                        status -> assertThat(status).isIn(0, 505, 501));
        assertThat(reply.body()).doesNotContain("org.eclipse", "java.", "\tat ", "Internal Server Error");
        if (reply.status() != 0) {
            assertThat(reply.header("Content-Type")).containsExactly("application/problem+json");
        }
        assertThat(serve.get("/healthz", null).statusCode()).isEqualTo(200);
    }

    static Iterable<String> names() {
        return requests().keySet();
    }

    /** As many as fit into a head are allowed: nobody looks at them. */
    @Test
    void ignoresAThousandHeaders() throws IOException {
        assertThat(RawHttp.send(serve.port(), TOPICS + HOST + BEARER + "X: y\r\n".repeat(1_000) + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    /** A second request in the body of a first one. */
    @Test
    void aBodyIsNoRequest() throws IOException {
        String second = "GET /metrics HTTP/1.1\r\n" + HOST + BEARER + "\r\n";
        Reply reply = RawHttp.send(
                serve.port(),
                "GET /healthz HTTP/1.1\r\n" + HOST + "Content-Length: " + second.length()
                        + "\r\nConnection: close\r\n\r\n" + second);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("ok\n");
    }
}
