package io.pagewalk.execution;

import io.pagewalk.audit.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What the check of a file has found. That it cannot be read now is none of these, but an exception.
 *
 * @param problem what is wrong with it, for people; null if nothing is
 * @param digest the sum of the digests of its records, as far as they could be decoded; null if they were not to be, or if the file
 *     is not the one that is listed
 */
public record FileOutcome(
        @Nullable String problem, @Nullable Digest digest) {
    /** Whether the file is the one that is listed, whatever may be wrong with its records. */
    public boolean isAsListed() {
        return problem == null || digest != null;
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
    public static FileOutcome decode(String text) {
        return AuditText.fileOutcome(text);
    }
}
