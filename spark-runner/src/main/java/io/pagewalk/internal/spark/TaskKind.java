package io.pagewalk.internal.spark;

/** What a task does. */
enum TaskKind {
    /** Work on a slice of an export. */
    SLICE,
    /** A look at a file of an audit. */
    FILE;

    /**
     * What the tasks of a job have in common, as one line of text.
     *
     * @param text one line
     */
    String common(String text) {
        return name() + " " + text;
    }

    /** That of such a line. */
    static TaskKind of(String common) {
        return valueOf(common.substring(0, common.indexOf(' ')));
    }

    /** What was in it. */
    static String text(String common) {
        return common.substring(common.indexOf(' ') + 1);
    }
}
