package io.pagewalk.cli.console;

import java.util.Locale;

/** How standard error is written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** An object a line, for who collects the output of jobs. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
