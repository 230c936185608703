package io.pagewalk.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.http.RawHttp.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered: by which name, from which site, with which secret; and what becomes of the others. */
class GuardIT {
    private static final String HOST = "Host: 127.0.0.1";
    private static final String BEARER = "Authorization: Bearer " + Serving.SECRET;
    private static final String TOPICS = "/api/v1/topics";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private static Serving serving;
    private static String topic;

    @BeforeAll
    static void start() {
        serving = Serving.start();
        topic = Broker.topic("guarded", 1);
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    private static Reply send(String method, String target, String... headers) throws IOException {
        return RawHttp.send(serving.port(), RawHttp.head(method, target, headers));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:8480, 200",
        "LocalHost, 200",
        "localhost., 200",
        "LOCALHOST.:80, 200",
        "127.0.0.1, 200",
        "127.0.0.1:1, 200",
        "[::1], 200",
        "[::1]:8480, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "127.0.0.2, 403",
        "0.0.0.0, 403",
        "[::], 403",
        "[::ffff:127.0.0.1], 403",
        "[0:0:0:0:0:0:0:1], 403",
        "2130706433, 403",
        "0x7f.1, 403"
    })
    void answersByNamesOfTheLoopbackInterfaceAlone(String host, int status) throws IOException {
        Reply reply = send("GET", TOPICS, "Host: " + host, BEARER);

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(send("GET", "/openapi.yaml", "Host: " + host).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user@localhost",
                "localhost@evil.example",
                "localhost:80@evil.example",
                "::1",
                "[::1",
                "::1]",
                "[::1]x",
                "localhost:x",
                "localhost:",
                "localhost:99999",
                "localhost:80:80",
                "localhost evil.example",
                "localhost,evil.example",
                "http://localhost",
                "localhost/",
                "%6cocalhost",
                "localhost..",
                ""
            })
    void refusesWhatIsNoName(String host) throws IOException {
        assertRefused(send("GET", TOPICS, "Host: " + host, BEARER), host);
    }

    /** Jetty refuses some of it before any of our own rules is asked. */
    private static void assertRefused(Reply reply, String what) {
        assertThat(reply.status()).as("%s: %s", what, reply).isIn(400, 403);
        assertThat(reply.header("Content-Type")).containsExactly("application/problem+json");
    }

    @Test
    void asksForOneHost() throws IOException {
        assertThat(send("GET", TOPICS, BEARER).status()).isEqualTo(400);
        assertThat(send("GET", TOPICS, HOST, HOST, BEARER).status()).isEqualTo(400);
        assertThat(send("GET", TOPICS, HOST, "Host: evil.example", BEARER).status())
                .isEqualTo(400);
        assertThat(send("GET", TOPICS, "Host : localhost", BEARER).status()).isEqualTo(400);
    }

    @Test
    void theNameInTheTargetCountsToo() throws IOException {
        assertThat(send("GET", "http://evil.example" + TOPICS, "Host: evil.example", BEARER)
                        .status())
                .isEqualTo(403);
        assertThat(send("GET", "http://evil.example" + TOPICS, HOST, BEARER).status())
                .isIn(400, 403);
        assertThat(send("GET", "http://localhost" + TOPICS, "Host: evil.example", BEARER)
                        .status())
                .isIn(400, 403);
    }

    @Test
    void pagesOfOtherSitesMayNotAsk() throws IOException {
        assertThat(send("GET", TOPICS, HOST, BEARER, "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
        for (String site : List.of("same-origin", "none")) {
            assertThat(send("GET", TOPICS, HOST, BEARER, "Sec-Fetch-Site: " + site)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void allowsNoOtherOrigin() throws IOException {
        for (String method : List.of("GET", "OPTIONS")) {
            Reply reply = send(
                    method,
                    TOPICS,
                    HOST,
                    BEARER,
                    "Origin: http://evil.example",
                    "Access-Control-Request-Method: GET",
                    "Access-Control-Request-Headers: authorization");

            assertThat(reply.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control-", "set-cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer other",
                "Basic " + Serving.SECRET,
                Serving.SECRET,
                "Bearer  ",
                "Bearer " + Serving.SECRET + "x",
                "Bearer x" + Serving.SECRET,
                "Bearer " + Serving.SECRET + " x",
                "Bearer THE-SECRET-OF-THESE-TESTS"
            })
    void refusesWhoDoesNotKnowTheSecret(String authorization) throws IOException {
        for (String path : List.of(TOPICS, "/metrics", "/none", Serving.records(topic), "/api/v1/tickets")) {
            Reply reply = send("GET", path, HOST, "Authorization: " + authorization);

            assertThat(reply.status()).as(reply.body()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).containsExactly("Bearer");
            assertThat(Output.json(reply.body()).get("detail").textValue()).contains("Authorization: Bearer");
            assertThat(reply.body()).doesNotContain(Serving.SECRET);
        }
    }

    @Test
    void aSecretIsSentOnce() throws IOException {
        assertThat(send("GET", TOPICS, HOST).status()).isEqualTo(401);
        assertThat(send("GET", TOPICS, HOST, BEARER, "Authorization: Bearer other")
                        .status())
                .isEqualTo(401);
        assertThat(send("GET", TOPICS + "?secret=" + Serving.SECRET, HOST).status())
                .isEqualTo(401);
        assertThat(send("GET", TOPICS, HOST, "authorization: bearer " + Serving.SECRET)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatRunsItNeedsNoSecret() throws IOException {
        for (String path : List.of("/healthz", "/readyz")) {
            assertThat(send("GET", path, HOST).status()).isEqualTo(200);
            assertThat(send("GET", path, "Host: 10.1.2.3:8480").status()).isEqualTo(200);
        }
        assertThat(send("GET", "/openapi.yaml", HOST).body()).startsWith("openapi: 3.1");
        assertThat(send("GET", "/openapi.yaml", "Host: 10.1.2.3").status()).isEqualTo(403);
    }

    @Test
    void theFilesOfThePageNeedNoSecretAsTheyHaveNoData() throws IOException {
        for (String path : List.of("/", "/page/main.js", "/page/app.css")) {
            assertThat(send("GET", path, HOST).status()).isEqualTo(200);
            assertThat(send("GET", path, "Host: 10.1.2.3").status()).isEqualTo(403);
        }
        for (String path : List.of("/page", "/pages/main.js", "/page/../api/v1/topics", "/api/v1/exports")) {
            assertThat(send("GET", path, HOST).status()).as(path).isIn(400, 401, 404);
        }
    }

    static List<String> routes() {
        String record = Serving.records(topic) + "/0/0";
        return List.of(
                "GET " + TOPICS,
                "GET " + TOPICS + "/" + topic,
                "GET,POST " + Serving.records(topic),
                "GET " + record,
                "GET " + record + "/key",
                "GET " + record + "/value",
                "GET " + TOPICS + "/" + topic + "/newer",
                "GET /api/v1/exports",
                "POST /api/v1/tickets",
                "GET /",
                "GET /page/main.js",
                "GET /openapi.yaml",
                "GET /metrics",
                "GET /healthz",
                "GET /readyz");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void saysWhichMethodsAPathHas(String route) throws IOException {
        Set<String> has = new TreeSet<>(List.of(route.replaceAll(" .*", "").split(",")));
        if (has.contains("GET")) {
            has.add("HEAD");
        }
        for (String method : METHODS) {
            if (!has.contains(method)) {
                Reply reply = send(method, route.replaceAll(".* ", ""), HOST, BEARER);

                assertThat(reply.status()).as("%s for %s", method, route).isEqualTo(405);
                assertThat(reply.header("Allow")).containsExactly(String.join(", ", has));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TOPICS,
                "/none",
                "/metrics",
                "/healthz",
                "/openapi.yaml",
                "/%zz",
                "/../etc/passwd",
                TOPICS + "?x=1"
            })
    void neverLetsABrowserGuessTypes(String target) throws IOException {
        for (String[] headers : new String[][] {{HOST, BEARER}, {HOST}, {}, {"Host: evil.example"}}) {
            Reply reply = send("GET", target, headers);

            assertThat(reply.header("X-Content-Type-Options")).as("%s", reply).containsExactly("nosniff");
            assertThat(reply.header("Content-Type")).hasSize(1);
            assertThat(reply.header("Server")).isEmpty();
        }
    }
}
