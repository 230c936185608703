package io.pagewalk.internal.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.Pagewalk;
import io.pagewalk.http.FailureTexts.Told;
import io.pagewalk.http.PageServer;
import io.pagewalk.http.PageServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page: who may have them, what comes with them, and that all of them are there. No cluster is asked for them. */
class BrowsePageTest {
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final Pattern NEEDED = Pattern.compile("(?:from|import) '\\./([^']+)'|(?:src|href)=\"([^\"?]+)\"");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Pagewalk pagewalk;
    private static PageServer server;

    @BeforeAll
    static void start() {
        pagewalk = Pagewalk.connect("localhost:1").open();
        server = PageServer.start(
                pagewalk,
                new PageServerSettings("127.0.0.1", 0, List.of(), "a secret", 1, 1 << 20, "", List.of()),
                failure -> new Told(1, "failed"));
    }

    @AfterAll
    static void stop() {
        server.close();
        pagewalk.close();
    }

    private static HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return CLIENT.send(
                HttpRequest.newBuilder(address).header("Accept", accept).build(), BodyHandlers.ofString(UTF_8));
    }

    @Test
    void browsersGetAPageWithoutTheSecretAndOthersAText() throws Exception {
        HttpResponse<String> page = get("/", HTML);
        HttpResponse<String> text = get("/", "*/*");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(text.body()).startsWith("Pagewalk serves pages");
    }

    @Test
    void whatItNeedsIsThereAndIsAskedForByRelativeAddresses() throws Exception {
        Set<String> found = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(List.of("/"));
        while (!left.isEmpty()) {
            String path = left.pop();
            HttpResponse<String> file = get(path, HTML);
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(file.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(file.headers().firstValue("Content-Type").orElseThrow())
                    .matches("text/(html|javascript|css); charset=utf-8|image/svg\\+xml");
            assertThat(file.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
                    .doesNotContain("unsafe", "*", "http:", "data:");
            Matcher needed = NEEDED.matcher(path.endsWith(".css") || path.endsWith(".svg") ? "" : file.body());
            while (needed.find()) {
                String name = needed.group(1) == null ? needed.group(2) : needed.group(1);
                assertThat(name).as("in %s", path).matches("(page/)?[a-z]+\\.(js|css|svg)");
                String next = "/page/" + name.replace("page/", "");
                if (found.add(next)) {
                    left.push(next);
                }
            }
        }
        assertThat(found)
                .contains("/page/main.js", "/page/app.css", "/page/preact.js")
                .hasSizeGreaterThan(15);
    }

    @Test
    void nothingOfItIsScriptOrStyleWithinMarkupAndNoTextBecomesMarkup() throws Exception {
        assertThat(get("/", HTML).body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style", "style=", "onclick", "onload");
        for (String name : List.of(
                "main",
                "api",
                "chain",
                "list",
                "row",
                "listing",
                "opened",
                "goto",
                "filters",
                "searched",
                "topic",
                "topics",
                "detail",
                "visible")) {
            assertThat(get("/page/" + name + ".js", "*/*").body())
                    .as(name)
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacent|document\\.write|eval\\(|new Function|https?://");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/",
                "/page/none.js",
                "/page/index.html",
                "/page/openapi.yaml",
                "/page/main",
                "/page/main.class",
                "/page/.js",
                "/page/MAIN.js",
                "/page/main.js%00",
                "/page/main.js/",
                "/page/%2e%2e%2fopenapi.yaml",
                "/page/..%2f..%2f..%2fpagewalk%2fhttp%2fpage%2fmain.js",
                "/page/a/../main.js/b"
            })
    void nothingElseIsThere(String path) throws Exception {
        HttpResponse<String> answer = get(path, HTML);

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/../api/v1/topics", "/page/..%2fapi/v1/topics", "/page/%2e%2e/api/v1/topics"})
    void noWayLeadsFromItToDataWithoutTheSecret(String path) throws Exception {
        assertThat(get(path, HTML).statusCode()).isIn(400, 401, 404);
    }
}
