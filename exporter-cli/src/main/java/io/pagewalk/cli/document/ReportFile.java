package io.pagewalk.cli.document;

import io.pagewalk.Pagewalk;
import io.pagewalk.error.UsageException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The file of {@code --report}: written as a whole at the end of a run, and gone while the run goes on. */
public final class ReportFile {
    private final ReportPlace place;
    private final Pagewalk pagewalk;
    private final @Nullable ReplacedFile local;

    /**
     * Looks whether it could be written at the end of a long run, where that can be told.
     *
     * @param pagewalk reaches what is not local
     * @throws UsageException if it could not
     */
    public ReportFile(ReportPlace place, Pagewalk pagewalk) {
        this.place = place;
        this.pagewalk = pagewalk;
        this.local = place.path() == null ? null : new ReplacedFile("--report", place.path());
    }

    /**
     * Removes the last run's report, lest it be taken for that of a run that is killed.
     *
     * @throws UsageException if it cannot be removed, and so not be replaced either
     */
    public void removeOld() {
        if (local != null) {
            local.removeOld();
        } else if (place.directory() != null) {
            pagewalk.removeFile(place.directory(), place.name());
        }
    }

    /** Replaces it. */
    public void write(Record report) {
        String text = Json.document(report) + "\n";
        if (local != null) {
            local.write(text);
        } else if (place.directory() != null) {
            pagewalk.replaceFile(place.directory(), place.name(), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
