package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsAMissingLibraryInOneLine() {
        assertThat(fail(new UnsatisfiedLinkError("/tmp/libx.so: failed to map segment\nfrom shared object")))
                .isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("pagewalk: ")
                .contains("/tmp/libx.so: failed to map segment from shared object", "-Djava.io.tmpdir=");
    }

    @Test
    void tellsEveryOtherErrorInOneLine() {
        assertThat(fail(new StackOverflowError())).isEqualTo(1);
        assertThat(fail(new OutOfMemoryError("Java heap space"))).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("pagewalk: unexpected StackOverflowError"),
                        line -> assertThat(line).startsWith("pagewalk: out of memory: "));
    }

    /** Runs a command that reads a token from a broken standard input. */
    private int fail(Error error) {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw error;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                throw error;
            }
        };
        return Main.run(new Console(new ByteArrayOutputStream(), err, broken, Map.of(), false), "token", "-");
    }
}
