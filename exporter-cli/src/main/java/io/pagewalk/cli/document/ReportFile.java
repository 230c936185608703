package io.pagewalk.cli.document;

import io.pagewalk.error.UsageException;
import java.nio.file.Path;

/** The file of {@code --report}: written as a whole at the end of a run, and gone while the run goes on. */
public final class ReportFile {
    private final ReplacedFile file;

    /**
     * Looks whether it could be written at the end of a long run.
     *
     * @throws UsageException if it could not
     */
    public ReportFile(Path path) {
        this.file = new ReplacedFile("--report", path);
    }

    /**
     * Removes the last run's report, lest it be taken for that of a run that is killed.
     *
     * @throws UsageException if it cannot be removed, and so not be replaced either
     */
    public void removeOld() {
        file.removeOld();
    }

    /** Replaces it. */
    public void write(Record report) {
        file.write(Json.document(report) + "\n");
    }
}
