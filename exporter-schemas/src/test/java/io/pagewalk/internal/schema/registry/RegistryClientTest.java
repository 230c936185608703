package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.StandInRegistry.Answer;
import io.pagewalk.internal.schema.registry.StandInRegistry.Reference;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private static final String AVRO = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(600);

    private final StandInRegistry registry = StandInRegistry.start();

    @AfterEach
    void close() {
        registry.close();
    }

    private static RegistryClient client(String urls, String context, Duration timeout) {
        return new RegistryClient(RegistrySettings.of(urls, Map.of(), Map.of()), context, timeout, () -> false);
    }

    private RegistryClient client() {
        return client(registry.url(), null, LONG);
    }

    private static SchemaKey id(int id) {
        return new SchemaKey.Id(id);
    }

    private static RegisteredSchema found(SchemaAnswer answer) {
        assertThat(answer).isInstanceOf(SchemaAnswer.Found.class);
        return ((SchemaAnswer.Found) answer).schema();
    }

    @Test
    void anIdIsASchemaThatIsAvroUnlessItSaysOtherwise() {
        int avro = registry.register("a", "AVRO", AVRO);
        int proto = registry.register("b", "PROTOBUF", "syntax = \"proto3\"; message M {}");
        int json = registry.register("c", "JSON", "{}");
        RegistryClient client = client();
        assertThat(found(client.find(id(avro))).kind()).isEqualTo(SchemaKind.AVRO);
        assertThat(found(client.find(id(avro))).text()).isEqualTo(AVRO);
        assertThat(found(client.find(id(proto))).kind()).isEqualTo(SchemaKind.PROTOBUF);
        assertThat(found(client.find(id(json))).kind()).isEqualTo(SchemaKind.JSON_SCHEMA);
        assertThat(registry.requests().get(0).path()).isEqualTo("/schemas/ids/" + avro);
    }

    @Test
    void aGuidIsASchemaAsWell() {
        registry.register("a", "AVRO", AVRO);
        RegisteredVersion version = client().version("a", 1);
        assertThat(found(client().find(new SchemaKey.Guid(version.guid()))).text())
                .isEqualTo(AVRO);
        assertThat(client().find(new SchemaKey.Guid(new UUID(1, 2)))).isInstanceOf(SchemaAnswer.Unknown.class);
    }

    @Test
    void anUnknownIdIsUnknownAndMayBeLearnt() {
        RegistryClient client = client();
        assertThat(client.find(id(9))).isEqualTo(new SchemaAnswer.Unknown("schema id 9"));
        registry.registerAs(9, "a", "AVRO", AVRO);
        assertThat(client.find(id(9))).isInstanceOf(SchemaAnswer.Found.class);
        registry.forget(9);
        assertThat(client.find(id(9))).isInstanceOf(SchemaAnswer.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404,40401,true",
        "404,40402,true",
        "404,40403,true",
        "404,404,false",
        "404,50001,false",
        "405,405,false"
    })
    void onlyARegistrysOwnWordsMeanUnknown(int status, int code, boolean unknown) {
        registry.answer(request -> Answer.error(status, code));
        if (unknown) {
            assertThat(client().find(id(1))).isInstanceOf(SchemaAnswer.Unknown.class);
        } else {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> client().find(id(1)))
                    .withMessageContaining(registry.url() + "/schemas/ids/1 answered " + status)
                    .withMessageContaining("/apis/ccompat/v7");
        }
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void aWebPageIsNoRegistry() {
        for (int status : new int[] {200, 404}) {
            registry.answer(request ->
                    new Answer(status, Map.of("Content-Type", "text/html"), "<html>hello</html>".getBytes(UTF_8)));
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> client().find(id(1)))
                    .withMessageContaining("answered " + status + " with a web page");
        }
        registry.answer(request -> Answer.json(200, "{\"no\":1}"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("has no 'schema'");
    }

    @Test
    void referencesAreFollowedAndSharedOnesAskedForOnce() {
        registry.register("base", "AVRO", "\"base\"");
        registry.register("left", "AVRO", "\"left\"", new Reference("x.Base", "base", 1));
        registry.register("right", "AVRO", "\"right\"", new Reference("x.Base", "base", 1));
        int id = registry.register(
                "top", "AVRO", "\"top\"", new Reference("x.Left", "left", 1), new Reference("x.Right", "right", 1));
        RegisteredSchema schema = found(client().find(id(id)));
        assertThat(schema.references()).extracting(RegisteredSchema.Named::name).containsExactly("x.Left", "x.Right");
        assertThat(schema.all())
                .extracting(RegisteredSchema::text)
                .containsExactly("\"base\"", "\"left\"", "\"right\"", "\"top\"");
        assertThat(registry.requests())
                .filteredOn(request -> request.path().startsWith("/subjects/base/"))
                .hasSize(1);
    }

    @Test
    void referencesInACircleAreUnusable() {
        registry.register("a", "AVRO", "\"a\"", new Reference("b", "b", 1));
        registry.register("b", "AVRO", "\"b\"", new Reference("a", "a", 1));
        assertThat(client().find(id(1)))
                .isEqualTo(new SchemaAnswer.Unusable("schemas refer to each other in a circle"));
    }

    @Test
    void chainsOfReferencesAreBounded() {
        registry.register("s0", "AVRO", "\"s0\"");
        for (int i = 1; i < 40; i++) {
            registry.register("s" + i, "AVRO", "\"s" + i + "\"", new Reference("r", "s" + (i - 1), 1));
        }
        assertThat(client().find(id(32))).isInstanceOf(SchemaAnswer.Found.class);
        assertThat(client().find(id(40)))
                .isEqualTo(new SchemaAnswer.Unusable("schemas refer to each other more than 32 times in a row"));
    }

    @Test
    void aReferenceThatIsMissingIsUnknownByItsName() {
        int id = registry.register("a", "AVRO", "\"a\"", new Reference("x.Gone", "gone", 3));
        assertThat(client().find(id(id)))
                .isEqualTo(new SchemaAnswer.Unknown("the schema 'x.Gone' that it refers to, gone version 3"));
    }

    @Test
    void anotherLanguageIsUnusable() {
        registry.register("a", "XML", "<a/>");
        assertThat(client().find(id(1))).isInstanceOf(SchemaAnswer.Unusable.class);
    }

    @Test
    void versionsThatWereDeletedAreReadToo() {
        registry.register("s", "AVRO", "\"one\"");
        registry.register("s", "AVRO", "\"two\"");
        registry.register("s", "AVRO", "\"three\"");
        registry.delete("s", 1);
        registry.delete("s", 3);
        registry.addRules("s", 2);
        RegistryClient client = client();
        assertThat(client.versions("s")).containsExactly(1, 2, 3);
        List<RegisteredVersion> all = client.allVersions("s");
        assertThat(all).extracting(version -> version.at().version()).containsExactly(1, 2, 3);
        assertThat(all).extracting(RegisteredVersion::key).containsExactly(id(1), id(2), id(3));
        assertThat(all).extracting(RegisteredVersion::rules).containsExactly(false, true, false);
        assertThat(client.latest("s").at()).isEqualTo(new SubjectVersion("s", 2));
        assertThat(client.subjects()).containsExactly("s");
        assertThat(client.versions("other")).isEmpty();
        assertThat(client.version("s", 9)).isNull();
        assertThat(client.latest("other")).isNull();
    }

    @Test
    void anIdTellsItsSubjects() {
        int id = registry.register("z-value", "AVRO", AVRO);
        registry.register("a-value", "AVRO", AVRO);
        registry.delete("a-value", 1);
        assertThat(client().subjectsOf(id))
                .containsExactly(new SubjectVersion("a-value", 1), new SubjectVersion("z-value", 1));
        assertThat(client().subjectsOf(99)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a#b", "a%2Fb", "a:b", "a b", "ä?x=1", "..", "."})
    void subjectsMayHaveAnyCharacters(String subject) {
        registry.register(subject, "AVRO", AVRO);
        assertThat(client().versions(subject)).containsExactly(1);
        assertThat(client().version(subject, 1).at()).isEqualTo(new SubjectVersion(subject, 1));
    }

    @Test
    void aThousandVersionsAreAskedForSomeAtATime() {
        for (int i = 0; i < 1_000; i++) {
            registry.register("s", "AVRO", "\"" + i + "\"");
        }
        registry.compress();
        List<RegisteredVersion> all = client().allVersions("s");
        assertThat(all).hasSize(1_000);
        assertThat(found(all.get(999).schema()).text()).isEqualTo("\"999\"");
        assertThat(registry.requests()).hasSize(1_001);
        assertThat(registry.busiest()).isLessThanOrEqualTo(8);
    }

    @Test
    void theFirstFailureEndsThemAll() {
        for (int i = 0; i < 100; i++) {
            registry.register("s", "AVRO", "\"" + i + "\"");
        }
        registry.answer(request -> request.path().contains("/versions/17") ? Answer.error(403, 40301) : null);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().allVersions("s"))
                .withMessageContaining("version 17")
                .withMessageContaining("403");
    }

    @Test
    void aContextStandsInEveryRequest() {
        registry.register(":.eu:orders-value", "AVRO", AVRO);
        registry.register("orders-value", "AVRO", "\"other\"");
        RegistryClient client = client(registry.url(), "eu", LONG);
        assertThat(client.contextName()).isEqualTo(".eu");
        assertThat(found(client.version("orders-value", 1).schema()).text()).isEqualTo(AVRO);
        assertThat(client.subjects()).contains("orders-value");
        client.find(id(1));
        assertThat(registry.requests())
                .last()
                .extracting(StandInRegistry.Request::path)
                .isEqualTo("/schemas/ids/1?subject=%3A.eu%3A");
        assertThat(client().subjects()).containsExactly("orders-value");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client(registry.url() + "/contexts/.us", "eu", LONG));
        assertThat(client(registry.url() + "/contexts/.us/", null, LONG).contextName())
                .isEqualTo(".us");
    }

    @Test
    void aPathOfTheUrlIsKept() {
        registry.register("a", "AVRO", AVRO);
        found(client(registry.url() + "/apis/ccompat/v7/", null, LONG).find(id(1)));
        assertThat(registry.requests().get(0).path()).isEqualTo("/apis/ccompat/v7/schemas/ids/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsAskedAgain(int status) {
        registry.register("a", "AVRO", AVRO);
        registry.answerNext(2, Answer.error(status, status));
        found(client().find(id(1)));
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        registry.register("a", "AVRO", AVRO);
        registry.answerNext(2, Answer.hangUp());
        found(client().find(id(1)));
    }

    @Test
    void aRegistryThatDoesNotRecoverIsGivenUp() {
        registry.answer(request -> Answer.error(503, 50003));
        long begun = System.nanoTime();
        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> client(registry.url(), null, SHORT).find(id(1)))
                .withMessageContaining("no answer from " + registry.url() + " within 0.6 s: it answered 503")
                .satisfies(e -> assertThat(e.advice()).isEqualTo(Advice.WAIT_LONGER));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aRegistryThatIsSilentIsGivenUp() {
        registry.delay(60_000);
        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> client(registry.url(), null, SHORT).find(id(1)))
                .withMessageContaining("no answer in time");
    }

    @Test
    void nobodyThereIsGivenUp() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(
                        () -> client("http://127.0.0.1:" + port, null, SHORT).find(id(1)))
                .withMessageContaining("no connection");
    }

    @Test
    void whatDoesNotSpeakHttpIsToldAtOnce() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (var socket = other.accept()) {
                    socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 80, 13, 10, 13, 10});
                    socket.getOutputStream().flush();
                    Thread.sleep(500);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> client("http://127.0.0.1:" + other.getLocalPort(), null, LONG)
                            .find(id(1)))
                    .withMessageContaining("is it https://");
            served.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theNextUrlIsTriedAtOnce() throws Exception {
        registry.register("a", "AVRO", AVRO);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RegistryClient client = client("http://127.0.0.1:" + port + ", " + registry.url(), null, LONG);
        found(client.find(id(1)));
        found(client.find(id(1)));
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void itIsLeftAloneForAsLongAsItAsks() {
        registry.register("a", "AVRO", AVRO);
        registry.answerNext(1, new Answer(429, Map.of("Retry-After", "1"), "{}".getBytes(UTF_8)));
        long begun = System.nanoTime();
        found(client().find(id(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        registry.answer(request -> new Answer(429, Map.of("Retry-After", "3600"), "{}".getBytes(UTF_8)));
        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> client().find(id(1)));
    }

    @Test
    void aStopIsHeededWhileWaiting() {
        registry.delay(60_000);
        AtomicBoolean stop = new AtomicBoolean();
        RegistryClient client = new RegistryClient(
                RegistrySettings.of(registry.url(), Map.of(), Map.of()), null, Duration.ofMinutes(5), stop::get);
        CompletableFuture<SchemaAnswer> asked = CompletableFuture.supplyAsync(() -> client.find(id(1)));
        stop.set(true);
        assertThat(asked)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoppedException.class);
    }

    @Test
    void refusalsSayWhatToDo() {
        registry.answer(request -> Answer.error(401, 40101));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("refused the credentials, or wants some (401)")
                .satisfies(e -> assertThat(e.advice()).isEqualTo(Advice.CHANGE_REGISTRY_SETTINGS));
        registry.answer(request -> Answer.error(403, 40301));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("does not permit it (403)");
    }

    @Test
    void redirectsAreFollowedOnTheSameHostOnly() {
        registry.register("a", "AVRO", AVRO);
        registry.answer(request -> request.path().startsWith("/old/")
                ? new Answer(307, Map.of("Location", request.path().substring(4)), new byte[0])
                : null);
        found(client(registry.url() + "/old", null, LONG).find(id(1)));
        registry.answer(request -> new Answer(302, Map.of("Location", "http://localhost:1/schemas"), new byte[0]));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("redirects to http://localhost");
        registry.answer(request -> new Answer(302, Map.of("Location", request.path()), new byte[0]));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("again and again");
    }

    @Test
    void answersAreBoundedAlsoWhereTheyAreCompressed() {
        byte[] large = ("{\"schema\":\"" + "x".repeat(17 << 20) + "\"}").getBytes(UTF_8);
        registry.answer(request -> new Answer(200, Map.of(), large));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("larger than 16 MiB");
        registry.compress();
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(id(1)))
                .withMessageContaining("larger than 16 MiB");
    }

    @Test
    void gluesVersionsCannotBeAskedFor() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client().find(new SchemaKey.GlueVersion(new UUID(1, 2))))
                .withMessageContaining("AWS Glue");
    }
}
