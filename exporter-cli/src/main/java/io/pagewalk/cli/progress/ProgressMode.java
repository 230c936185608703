package io.pagewalk.cli.progress;

import java.util.Locale;

/** How progress is shown. */
public enum ProgressMode {
    /** A bar on a terminal, lines otherwise. */
    AUTO,
    NONE,
    LOG,
    BAR,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
