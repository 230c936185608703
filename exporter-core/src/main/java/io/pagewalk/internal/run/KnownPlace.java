package io.pagewalk.internal.run;

/**
 * What is known of the place of an export before it is looked at.
 *
 * @param nothingOnRecord whether the output had no claim of its topic a moment ago, and the log is in the output: it has not begun then,
 *     as a claim comes before its log
 * @param proof that of this place and those like it
 */
public record KnownPlace(boolean nothingOnRecord, Proof proof) {
    /** Nothing is known. */
    public static KnownPlace unknown() {
        return new KnownPlace(false, new Proof());
    }
}
