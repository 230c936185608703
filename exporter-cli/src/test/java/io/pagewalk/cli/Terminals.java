package io.pagewalk.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
final class Terminals {
    final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();
    private boolean canAsk;

    void input(String text) {
        input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    void input(InputStream stream) {
        in = stream;
    }

    /** Somebody sits there, and answers with the input. */
    void interactive() {
        canAsk = true;
    }

    Console console() {
        return new Console(out, err, in, environment, false, canAsk);
    }

    int run(String... arguments) {
        return Pagewalk.run(console(), arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
