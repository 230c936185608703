package io.pagewalk.execution;

import io.pagewalk.spi.DataFile;
import java.util.Set;

/**
 * The check of one data file. It reads only, and may be done more than once.
 *
 * @param file as its log lists it
 * @param deep whether every record is decoded, too
 * @param aside the offsets that were set aside, which the file has to lack; needed only where it is decoded
 */
public record FileWork(DataFile file, boolean deep, Set<Long> aside) {
    public FileWork {
        aside = Set.copyOf(aside);
    }

    /** The same as one line of text, to be sent to a process that runs this version of Pagewalk. */
    public String encode() {
        return AuditText.of(this);
    }

    /**
     * What was encoded.
     *
     * @throws IllegalArgumentException if this version of Pagewalk has not written it
     */
    public static FileWork decode(String text) {
        return AuditText.fileWork(text);
    }
}
