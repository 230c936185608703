package io.pagewalk.internal.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/** Signed requests to AWS Glue, asked again until they are answered. Safe for use by any number of threads. */
final class GlueHttp {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_BYTES = 16 << 20;
    private static final int TOO_MANY = 429;
    private static final int ERRORS = 500;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    /** What HTTP clients set themselves. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection", "expect");

    private static final String UNKNOWN = "EntityNotFoundException";
    private static final Set<String> PASSING = Set.of(
            "ThrottlingException",
            "Throttling",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "InternalServiceException",
            "OperationTimeoutException",
            "ServiceUnavailable");
    private static final Set<String> NOT_LET_IN = Set.of(
            "AccessDeniedException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredTokenException",
            "InvalidClientTokenId");

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final Duration retryTimeout;
    private final BooleanSupplier stopped;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    GlueHttp(
            URI endpoint,
            String region,
            AwsCredentialsProvider credentials,
            Duration retryTimeout,
            BooleanSupplier stopped) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
        this.retryTimeout = retryTimeout;
        this.stopped = stopped;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Asks once, or until there is an answer.
     *
     * @param what is asked for, to begin messages with
     * @return null if Glue does not know what was asked for
     * @throws UsageException if it does not let in, or does not understand
     * @throws ExportFailedException if it does not answer
     */
    @Nullable
    JsonNode ask(String what, String operation, ObjectNode request) {
        byte[] body = bytes(request);
        long begun = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            String problem;
            try {
                HttpResponse<InputStream> response = http.send(signed(operation, body), BodyHandlers.ofInputStream());
                JsonNode answer = answer(what, response);
                if (response.statusCode() == 200) {
                    return answer;
                }
                String type = type(answer);
                if (type.equals(UNKNOWN)) {
                    return null;
                }
                if (!passes(response.statusCode(), type)) {
                    throw refused(what, response.statusCode(), type);
                }
                problem = response.statusCode() + " " + type;
            } catch (IOException e) {
                problem = Reasons.describe(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException(what + ": interrupted", e);
            }
            if (stopped.getAsBoolean()) {
                throw new StoppedException(what + ": stopped");
            }
            if (System.nanoTime() - begun + pause * 1_000_000 > retryTimeout.toNanos()) {
                throw new ExportFailedException(
                        what + ": the schema registry " + this + " does not answer: " + Reasons.oneLine(problem),
                        Advice.WAIT_LONGER,
                        null);
            }
            sleep(what, pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static byte[] bytes(ObjectNode request) {
        try {
            return MAPPER.writeValueAsBytes(request);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(String what, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException(what + ": interrupted", e);
        }
    }

    /** Anew for each attempt: signatures are good for some minutes, and credentials may be new ones by then. */
    private HttpRequest signed(String operation, byte[] body) {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "AWSGlue." + operation)
                .build();
        SignedRequest signed;
        try {
            signed = signer.sign(request -> request.identity(credentials.resolveCredentials())
                    .request(plain)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        } catch (SdkClientException e) {
            throw new UsageException(
                    "there are no credentials for the schema registry " + this
                            + ": give them as for S3, such as in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    e);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint).timeout(REQUEST).POST(BodyPublishers.ofByteArray(body));
        signed.request().headers().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private JsonNode answer(String what, HttpResponse<InputStream> response) throws IOException {
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            throw new UsageException(what + ": the answer of " + this + " has more than 16 MiB");
        }
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Told below: parsers repeat what they read.
        }
        if (response.statusCode() >= ERRORS || response.statusCode() == TOO_MANY) {
            return object();
        }
        throw new UsageException(what + ": " + this + " answered " + response.statusCode()
                + ", which is not what AWS Glue says: check its endpoint");
    }

    /** {@code com.amazonaws.glue#EntityNotFoundException:...} without what is around the name. */
    private static String type(JsonNode answer) {
        String type = answer.path("__type").asText("");
        return type.substring(type.indexOf('#') + 1).replaceFirst(":.*", "");
    }

    private static boolean passes(int status, String type) {
        return status >= ERRORS || status == TOO_MANY || PASSING.contains(type);
    }

    private UsageException refused(String what, int status, String type) {
        return NOT_LET_IN.contains(type) || status == 401 || status == 403
                ? new UsageException(
                        what + ": the schema registry " + this + " does not let in (" + Reasons.oneLine(type)
                                + "): it takes credentials as S3 does, and the permissions glue:GetSchemaVersion and glue:ListSchemaVersions")
                : new UsageException(
                        what + ": the schema registry " + this + " answered " + status + " " + Reasons.oneLine(type));
    }

    /** Where it is. */
    @Override
    public String toString() {
        return "glue:" + region + " (" + endpoint.getHost() + ")";
    }
}
