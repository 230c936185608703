package io.pagewalk.model;

import java.util.regex.Pattern;

/**
 * The directories of an output that hold the files of a window of time, named as engines name partitions of a table: {@code
 * dt=2026-11-21}, {@code dt=2026-11-21/hour=05}, {@code month=2026-11}. Engines make columns of them, so none has the name of a column
 * of the files.
 */
public final class WindowDirectories {
    private static final String DAY = "dt=[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final Pattern ANY = Pattern.compile(DAY + "(/hour=[0-9]{2})?|month=[0-9]{4}-[0-9]{2}");

    private WindowDirectories() {}

    /** Whether a directory of an output is one of these. */
    public static boolean isOne(String directory) {
        return ANY.matcher(directory).matches();
    }

    /** The directory that a path in an output is in; the empty string for the output itself. */
    public static String of(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
