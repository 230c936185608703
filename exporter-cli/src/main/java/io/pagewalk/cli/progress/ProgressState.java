package io.pagewalk.cli.progress;

/** What is shown of what goes on, as it is at one moment. */
public interface ProgressState {
    /** What goes on. */
    String name();

    /** How far it is, for people. */
    String line();

    /** Likewise, for programs, to be printed as JSON. */
    Record document();

    /** How many offsets of {@link #totalOffsets} are walked. */
    long doneOffsets();

    /** How many there are to walk. */
    long totalOffsets();
}
