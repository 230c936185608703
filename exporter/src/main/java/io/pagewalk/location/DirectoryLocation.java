package io.pagewalk.location;

/** A place that holds files. */
public sealed interface DirectoryLocation extends Location permits LocalDirectory, HadoopDirectory {
    /**
     * A directory in this one.
     *
     * @param name without a {@code /}
     */
    DirectoryLocation resolve(String name);

    /** Whether it can be told which runs are alive there. */
    boolean tellsLiveRuns();
}
