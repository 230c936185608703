package io.pagewalk.internal.schema.merge;

/**
 * What somebody who plans an export should know of its table.
 *
 * @param path names from the column down, with dots between
 * @param text what it is, as the rest of a sentence about the path
 */
public record TableNotice(Kind kind, String path, String text) {
    /** What a notice is about. */
    public enum Kind {
        /** Values of a version do not fit, so records with a value there are bad. */
        CONFLICT,
        /** Digits that the schema has are cut off. */
        CUT,
        /** A decimal has fewer digits than its schema allows; values that need more are bad. */
        CAPPED,
        /** It is only null, so that there is no column, or one without values. */
        NULL_ONLY,
        /** It is not called what the schema calls it, or readers may not like what it is called. */
        NAME,
        /** A default is not used. */
        DEFAULT,
        /** There is very much of it. */
        SIZE
    }
}
