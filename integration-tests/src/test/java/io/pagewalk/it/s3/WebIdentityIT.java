package io.pagewalk.it.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials as pods on EKS get them: a token in a file, to be exchanged at AWS's security token service. */
class WebIdentityIT {
    private static final String GRANTED = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult>
                <Credentials>
                  <AccessKeyId>%s</AccessKeyId>
                  <SecretAccessKey>%s</SecretAccessKey>
                  <SessionToken>session</SessionToken>
                  <Expiration>2099-01-01T00:00:00Z</Expiration>
                </Credentials>
              </AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>
            """.formatted(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    private static final String DENIED = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <Error>
                <Type>Sender</Type>
                <Code>AccessDenied</Code>
                <Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message>
              </Error>
              <RequestId>1</RequestId>
            </ErrorResponse>
            """;

    @TempDir
    Path directory;

    private final String bucket = S3Server.bucket("identity");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer tokenService;
    private int status = 200;
    private String answer = GRANTED;

    @BeforeEach
    void startTokenService() throws IOException {
        tokenService = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokenService.createContext("/", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        tokenService.start();
    }

    @AfterEach
    void stopTokenService() {
        tokenService.stop(0);
    }

    private Map<String, String> identity() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "the-token-of-the-pod");
        return Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString(),
                "AWS_ROLE_ARN",
                "arn:aws:iam::123456789012:role/pagewalk",
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL_STS",
                "http://127.0.0.1:" + tokenService.getAddress().getPort(),
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }

    private Cli.Result status(Map<String, String> environment) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("status", "--output", "s3://" + bucket + "/out"));
        S3Server.properties().forEach((name, value) -> {
            if (!name.endsWith(".key")) {
                arguments.addAll(List.of("-D", name + "=" + value));
            }
        });
        try (CliProcess process = CliProcess.start(List.of(), environment, arguments.toArray(String[]::new))) {
            return process.await();
        }
    }

    @Test
    void exchangesTheTokenForCredentials() throws Exception {
        Cli.Result result = status(identity());

        assertThat(asked)
                .singleElement()
                .asString()
                .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=the-token-of-the-pod");
        assertThat(result.err()).contains("s3a://" + bucket + "/out").doesNotContain("credentials", "denied");
    }

    @Test
    void saysInOneLineWhoRefusedTheToken() throws Exception {
        status = 403;
        answer = DENIED;

        Cli.Result result = status(identity());

        assertThat(asked).isNotEmpty();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().strip())
                .startsWith("pagewalk: cannot ")
                .contains("s3a://" + bucket + "/out", "no usable credentials", "sts:AssumeRoleWithWebIdentity")
                .doesNotContain("\n", "the-token-of-the-pod");
    }

    @Test
    @LongTest
    void speaksOfNoTokenWhereThereIsNone() throws Exception {
        Cli.Result result = status(Map.of("AWS_EC2_METADATA_DISABLED", "true"));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().strip())
                .startsWith("pagewalk: cannot ")
                .contains("s3a://" + bucket + "/out", "no usable credentials", "AWS_ACCESS_KEY_ID")
                .doesNotContain("\n", "IDENTITY");
        assertThat(asked).isEmpty();
    }
}
