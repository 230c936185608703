package io.pagewalk.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void writesUtf8WhateverTheDefaultCharsetIs() {
        assertThat(Charset.defaultCharset()).as("what the build sets").isNotEqualTo(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = console(out);

        console.out().print("é€\uD83D\uDE00");
        console.finish();

        assertThat(out.toByteArray()).isEqualTo("é€\uD83D\uDE00".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void failsWhenAResultCannotBeStored() {
        Console console = console(failing("No space left on device"));

        int code = Main.run(console, "--version");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("pagewalk: cannot write to standard output: No space left on device\n");
    }

    @Test
    void isSilentWhenTheReaderHasSeenEnough() {
        Console console = console(failing("Broken pipe"));

        int code = Main.run(console, "--help");

        assertThat(code).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void keepsEveryErrorOnOneLine() {
        Console console = console(new ByteArrayOutputStream());

        console.error("first\r\n  second\u001b[31m");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("pagewalk: first second [31m\n");
    }

    @Test
    void saysOnlyWarningsAndErrorsWhenQuiet() {
        Console console = console(new ByteArrayOutputStream());
        console.beQuiet();

        console.info("chatter");
        console.warn("careful");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("pagewalk: warning: careful\n");
    }

    @Test
    void saysEverythingInObjectsWhereThatIsAskedFor() {
        Console console = console(new ByteArrayOutputStream());
        console.write(LogFormat.JSON);
        console.keepSecret(Map.of("password", "s3cret-value"));

        console.info("as \"quoted\"");
        console.warn("careful");
        console.error("two\nlines with s3cret-value");
        console.stackTrace(new IllegalStateException("why"));

        String[] lines = err.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(lines)
                .hasSize(4)
                .allMatch(line -> line.matches("\\{\"time\":\"20[0-9-]+T[0-9:.]+Z\",\"level\":.*}"));
        assertThat(lines[0]).endsWith("\"level\":\"info\",\"message\":\"as \\\"quoted\\\"\"}");
        assertThat(lines[1]).endsWith("\"level\":\"warning\",\"message\":\"careful\"}");
        assertThat(lines[2]).contains("\"level\":\"error\"", "two lines").doesNotContain("s3cret-value");
        assertThat(lines[3]).contains("\"level\":\"debug\"", "IllegalStateException: why\\n\\tat ");
    }

    @Test
    void aCommandSaysItsErrorInAnObjectWhereThatIsAskedFor() {
        assertThat(Main.run(
                        console(new ByteArrayOutputStream()),
                        "plan",
                        "--log-format",
                        "json",
                        "--bootstrap-server",
                        "x:1"))
                .isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("{\"time\":\"")
                .contains("\"level\":\"error\",\"message\":\"--topic is missing");
    }

    private Console console(OutputStream out) {
        return new Console(out, err, InputStream.nullInputStream(), Map.of(), false);
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
