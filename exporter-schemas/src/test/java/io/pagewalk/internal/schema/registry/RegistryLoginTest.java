package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.StandInRegistry.Answer;
import io.pagewalk.internal.schema.registry.StandInRegistry.Request;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLoginTest {
    private static final String SECRET = "s3cr3t-word";

    private final StandInRegistry registry = StandInRegistry.start();
    private final StandInRegistry server = StandInRegistry.start();

    @BeforeEach
    void register() {
        registry.register("a", "AVRO", "\"string\"");
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    private static SchemaAnswer ask(String url, Map<String, String> properties, Map<String, String> environment) {
        return new RegistryClient(
                        RegistrySettings.of(url, properties, environment), null, Duration.ofMillis(1500), () -> false)
                .find(new SchemaKey.Id(1));
    }

    private SchemaAnswer ask(Map<String, String> properties) {
        return ask(registry.url(), properties, Map.of());
    }

    private String header(String name) {
        return registry.requests().get(registry.requests().size() - 1).headers().get(name);
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    @Test
    void nothingIsSentWhereNothingWasGiven() {
        ask(Map.of());
        assertThat(header("Authorization")).isNull();
    }

    @Test
    void aUserIsTakenFromItsSetting() {
        ask(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:ü" + SECRET));
        assertThat(header("Authorization")).isEqualTo(basic("me:ü" + SECRET));
    }

    @Test
    void namesMayHaveThePrefixAndVariables() {
        ask(
                registry.url(),
                Map.of("schema.registry.basic.auth.user.info", "me:${env:WORD}", "basic.auth.user.info", "other:x"),
                Map.of("WORD", SECRET));
        assertThat(header("Authorization")).isEqualTo(basic("me:" + SECRET));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ask(Map.of("basic.auth.user.info", "me:${env:WORD}")))
                .withMessageContaining("WORD, which is not set");
    }

    @Test
    void aUserInTheUrlIsSentAndNeverShown() {
        String url = registry.url().replace("://", "://me:" + SECRET + "%2F+@");
        ask(url, Map.of(), Map.of());
        assertThat(header("Authorization")).isEqualTo(basic("me:" + SECRET + "/+"));
        registry.answer(request -> Answer.error(401, 40101));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ask(url, Map.of(), Map.of()))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        registry.answer(request -> Answer.error(500, 50001));
        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> ask(url, Map.of(), Map.of()))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        RegistrySettings settings = RegistrySettings.of(url, Map.of(), Map.of());
        assertThat(settings.toString() + settings.firstUrl())
                .doesNotContain(SECRET)
                .contains("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://me:s3cr3t-word@host",
                "http://me:s3cr3t-word@",
                "http://me:s3cr3t-word^@host",
                "http://me:s3cr3t-word%@host",
                "s3cr3t-word",
                "http://host?x=s3cr3t-word",
                "http://ok,http://me:s3cr3t-word@ho st"
            })
    void aUrlThatCannotBeUnderstoodIsNotRepeated(String url) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> RegistrySettings.of(url, Map.of(), Map.of()))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET))
                .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain(SECRET));
    }

    @Test
    void theUrlMayStandAmongTheSettings() {
        ask(null, Map.of("schema.registry.url", registry.url()), Map.of());
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> ask(null, Map.of(), Map.of()));
    }

    @Test
    void aTokenIsSentWithWhatConfluentsCloudWants() {
        ask(Map.of(
                "bearer.auth.credentials.source",
                "STATIC_TOKEN",
                "bearer.auth.token",
                SECRET,
                "bearer.auth.logical.cluster",
                "lsrc-1",
                "bearer.auth.identity.pool.id",
                "pool-2"));
        assertThat(header("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(header("target-sr-cluster")).isEqualTo("lsrc-1");
        assertThat(header("Confluent-Identity-Pool-Id")).isEqualTo("pool-2");
    }

    private Map<String, String> oauth() {
        return new HashMap<>(Map.of(
                "bearer.auth.credentials.source",
                "OAUTHBEARER",
                "bearer.auth.issuer.endpoint.url",
                server.url() + "/token",
                "bearer.auth.client.id",
                "client",
                "bearer.auth.client.secret",
                SECRET,
                "bearer.auth.scope",
                "read all"));
    }

    private RegistryClient oauthClient() {
        return new RegistryClient(
                RegistrySettings.of(registry.url(), oauth(), Map.of()), null, Duration.ofSeconds(2), () -> false);
    }

    private void giveTokens(int life) {
        AtomicInteger given = new AtomicInteger();
        server.answer(request -> Answer.json(
                200, "{\"access_token\":\"t" + given.incrementAndGet() + "\",\"expires_in\":" + life + "}"));
    }

    @Test
    void aTokenIsFetchedOnceForManyRequests() {
        giveTokens(3600);
        RegistryClient client = oauthClient();
        client.find(new SchemaKey.Id(1));
        client.find(new SchemaKey.Id(1));
        assertThat(header("Authorization")).isEqualTo("Bearer t1");
        assertThat(server.requests()).hasSize(1);
        Request asked = server.requests().get(0);
        assertThat(asked.headers().get("Authorization")).isEqualTo(basic("client:" + SECRET));
        assertThat(asked.headers().get("(body)")).isEqualTo("grant_type=client_credentials&scope=read+all");
    }

    @Test
    void aTokenIsRenewedBeforeItsLifeEnds() throws InterruptedException {
        giveTokens(1);
        RegistryClient client = oauthClient();
        client.find(new SchemaKey.Id(1));
        Thread.sleep(850);
        client.find(new SchemaKey.Id(1));
        assertThat(header("Authorization")).isEqualTo("Bearer t2");
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() {
        giveTokens(3600);
        registry.answer(request ->
                "Bearer t1".equals(request.headers().get("Authorization")) ? Answer.error(401, 40101) : null);
        assertThat(oauthClient().find(new SchemaKey.Id(1))).isInstanceOf(SchemaAnswer.Found.class);
        registry.answer(request -> Answer.error(401, 40101));
        int before = server.requests().size();
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> oauthClient().find(new SchemaKey.Id(1)))
                .withMessageContaining("401");
        assertThat(server.requests()).hasSize(before + 2);
    }

    @Test
    void aServerThatGivesNoTokenIsToldByTheSettings() {
        server.answer(request -> Answer.json(401, "{\"error\":\"" + SECRET + "\"}"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ask(oauth()))
                .withMessageContaining("gives none (401)")
                .withMessageContaining("bearer.auth.client.secret")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        server.answer(request -> Answer.json(503, "{}"));
        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> ask(oauth()));
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void whatIsMissingOrNotSupportedIsTold() {
        String[][] wrong = {
            {"basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info is missing"},
            {"basic.auth.credentials.source", "SASL_INHERIT", "use USER_INFO or URL"},
            {"bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token is missing"},
            {"bearer.auth.credentials.source", "CUSTOM", "use STATIC_TOKEN or OAUTHBEARER"},
            {"bearer.auth.credentials.source", "OAUTHBEARER", "bearer.auth.issuer.endpoint.url is missing"},
            {"proxy.host", "h", "proxy.port is not the number"},
        };
        for (String[] each : wrong) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> ask(Map.of(each[0], each[1])))
                    .withMessageContaining(each[2]);
        }
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ask(Map.of("basic.auth.user.info", "a:b", "bearer.auth.token", "c")))
                .withMessageContaining("both given");
    }

    @Test
    void settingsOfSerializersAreKnownAndOthersAreTold() {
        assertThat(RegistrySettings.unused(Map.of(
                        "auto.register.schemas", "false",
                        "schema.registry.url", "x",
                        "schema.registry.ssl.truststore.location", "x",
                        "ssl.key.password", "x",
                        "value.subject.name.strategy", "x",
                        "basic.auth.user.inof", "x",
                        "schema.registry.other", "x")))
                .containsExactly("basic.auth.user.inof", "schema.registry.other");
    }

    @Test
    void configProvidersAreKafkas(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("f.properties"), "word=" + SECRET);
        ask(Map.of(
                "config.providers", "file",
                "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
                "basic.auth.user.info", "${file:" + file + ":word}"));
        assertThat(header("Authorization")).isEqualTo(basic(SECRET));
    }

    @Test
    void aProxyIsAskedInstead() {
        server.register("a", "AVRO", "\"from the proxy\"");
        SchemaAnswer answer = ask(
                "http://registry.invalid:8081",
                Map.of("proxy.host", "127.0.0.1", "proxy.port", Integer.toString(server.port())),
                Map.of());
        assertThat(answer).isInstanceOf(SchemaAnswer.Found.class);
    }
}
