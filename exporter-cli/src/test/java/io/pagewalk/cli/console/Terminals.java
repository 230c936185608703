package io.pagewalk.cli.console;

import io.pagewalk.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
public final class Terminals {
    public final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();
    private boolean canAsk;

    public void input(String text) {
        input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public void input(InputStream stream) {
        in = stream;
    }

    /** Somebody sits there, and answers with the input. */
    public void interactive() {
        canAsk = true;
    }

    public Console console() {
        return new Console(out, err, in, environment, false, canAsk);
    }

    public int run(String... arguments) {
        return Main.run(console(), arguments);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
