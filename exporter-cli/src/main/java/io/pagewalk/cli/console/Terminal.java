package io.pagewalk.cli.console;

import java.util.Map;

/** Whether somebody watches. Java cannot tell for standard error, so the launcher does. */
final class Terminal {
    /** Set to {@code true} by the launcher if standard error is a terminal. */
    private static final String PROPERTY = "pagewalk.terminal";

    /** Set to {@code true} by the launcher if standard input is one, too. */
    private static final String INPUT_PROPERTY = "pagewalk.terminal.input";

    private Terminal() {}

    /** Whether whoever watches standard error can also answer. */
    static boolean canAsk() {
        return Boolean.getBoolean(PROPERTY) && Boolean.getBoolean(INPUT_PROPERTY);
    }

    /** Whether standard error is a terminal that a line can be redrawn on. */
    static boolean isStandardError(Map<String, String> environment) {
        return Boolean.getBoolean(PROPERTY)
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
