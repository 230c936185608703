package io.pagewalk.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void takesTheMessageOfWhatIsWrapped() {
        Failure failure = Failure.of(new ExecutionException(new FencedException("another run\n was faster")));

        assertThat(failure).isEqualTo(new Failure(ExitCode.FENCED, "another run was faster"));
    }

    @Test
    void saysWhatToDoWhenMemoryRunsOut() {
        Throwable failure = new ExportFailedException("page 3 failed", new OutOfMemoryError("Java heap space"));

        assertThat(Failure.of(failure).code()).isEqualTo(ExitCode.FAILED);
        assertThat(Failure.of(failure).message()).startsWith("out of memory: ").contains("-Xmx", "--threads");
    }

    @Test
    void keepsTheValueOutOfAConfigurationError() {
        KafkaException leaked = new KafkaException(
                "Failed to construct kafka consumer", new ConfigException("ssl.key.password", "geheim", "not geheim"));

        assertThat(Failure.of(leaked))
                .isEqualTo(
                        new Failure(ExitCode.USAGE, "Kafka client configuration: invalid value for ssl.key.password"));
    }

    @Test
    void takesRefusedCredentialsForUsage() {
        Failure authentication = Failure.of(new KafkaException("x", new SaslAuthenticationException("Wrong user")));
        Failure authorization = Failure.of(new TopicAuthorizationException("Not authorized to access topics: [t]"));

        assertThat(authentication.code()).isEqualTo(ExitCode.USAGE);
        assertThat(authentication.message()).startsWith("authentication failed: Wrong user");
        assertThat(authorization.code()).isEqualTo(ExitCode.USAGE);
        assertThat(authorization.message()).contains("[t]");
    }

    @Test
    void takesOtherKafkaFailuresForPassing() {
        assertThat(Failure.of(new TimeoutException("slow"))).isEqualTo(new Failure(ExitCode.FAILED, "Kafka: slow"));
    }

    @Test
    void saysWhatAFileExceptionMeans() {
        assertThat(Failure.of(new UncheckedIOException(new NoSuchFileException("/a")))
                        .message())
                .isEqualTo("no such file: /a");
        assertThat(Failure.of(new AccessDeniedException("/a")).message()).isEqualTo("permission denied: /a");
        assertThat(Failure.of(new IOException()).message()).isEqualTo("IOException");
    }

    @Test
    void namesTheTypeOfWhatNobodyExpected() {
        Throwable failure = new IllegalStateException("outer", new IllegalArgumentException("tab\tand\nbreak"));

        assertThat(Failure.of(failure))
                .isEqualTo(new Failure(
                        ExitCode.FAILED, "unexpected IllegalArgumentException: tab and break; --debug shows where"));
        assertThat(Failure.of(new NullPointerException()).message()).startsWith("unexpected NullPointerException;");
    }

    @Test
    void survivesARingOfCauses() {
        Exception first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(Failure.of(first).message()).startsWith("unexpected IllegalStateException");
    }

    @Test
    void namesTheLikelyWayOutWhenALibraryCannotBeLoaded() {
        Throwable failure = new ExportFailedException(
                "page 3 failed", new ExceptionInInitializerError(new UnsatisfiedLinkError("/tmp/libzstd.so: no")));

        assertThat(Failure.of(failure).code()).isEqualTo(ExitCode.USAGE);
        assertThat(Failure.of(failure).message())
                .startsWith("a library cannot be loaded (UnsatisfiedLinkError: /tmp/libzstd.so: no)")
                .contains("PAGEWALK_OPTS=-Djava.io.tmpdir=");
        assertThat(Failure.of(new NoClassDefFoundError("a/B")).message()).contains("NoClassDefFoundError: a/B");
    }
}
