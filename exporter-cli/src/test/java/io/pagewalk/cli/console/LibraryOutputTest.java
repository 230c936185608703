package io.pagewalk.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibraryOutputTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        LibraryOutput.show();
        System.setOut(out);
        System.setErr(err);
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Test
    void keepsWhatLibrariesPrintToItselfUntilItIsAskedFor() {
        LibraryOutput.mute(console());
        assertThat(System.err).isNotSameAs(err);
        assertThat(System.out).isNotSameAs(out);

        LibraryOutput.show();

        assertThat(System.err).isSameAs(err);
        assertThat(System.out).as("results are not mixed with it").isSameAs(err);
    }

    @Test
    void tellsOfAThreadThatEndsWithAFailureInOneLine() throws InterruptedException {
        LibraryOutput.mute(console());
        Thread thread = new Thread(
                () -> {
                    throw new IllegalStateException("out of\nsorts");
                },
                "library-1");
        thread.start();
        thread.join();

        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .isEqualTo("pagewalk: warning: the thread library-1 has ended: unexpected IllegalStateException: out of"
                        + " sorts; --debug shows where");
    }

    private Console console() {
        return new Console(new ByteArrayOutputStream(), told, InputStream.nullInputStream(), Map.of(), false);
    }
}
