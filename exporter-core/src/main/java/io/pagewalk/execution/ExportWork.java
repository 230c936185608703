package io.pagewalk.execution;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.log.Checkpoint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the work on all slices of one run has in common. It names no cluster: whoever does the work knows how to reach it, and the
 * extent says which it has to be.
 *
 * @param exportId the export's name
 * @param start what was pinned when the export began: extent, formats, names of files
 * @param output the directory of its files, as {@code Locations.parseDirectory} takes it
 * @param deadLetters the output of the export whose dead letters it is made of, likewise; null if it is made of the topic
 * @param setsAside the parts of records for whose sake a record is set aside if they do not fit
 * @param maxBadRecords how many records of a page may be set aside
 */
public record ExportWork(
        String exportId,
        Checkpoint.Start start,
        String output,
        @Nullable String deadLetters,
        Set<Part> setsAside,
        long maxBadRecords) {
    public ExportWork {
        setsAside = Set.copyOf(setsAside);
    }

    /** The same as one line of text, to be sent to a process that runs this version of Pagewalk. */
    public String encode() {
        return WorkText.of(this);
    }

    /**
     * What was encoded.
     *
     * @throws IllegalArgumentException if this version of Pagewalk has not written it
     */
    public static ExportWork decode(String text) {
        return WorkText.exportWork(text);
    }
}
