package io.pagewalk.log;

/**
 * Where entries of some kinds are that have to be found without reading the whole log: the numbers of the last ones before an entry,
 * 0 if there is none.
 *
 * @param page the last that commits a page
 * @param loss the last that records a loss
 * @param schemas the last that says what schemas are
 */
public record EntryLinks(long page, long loss, long schemas) {
    /** Of the first entry. */
    public static final EntryLinks NONE = new EntryLinks(0, 0, 0);

    /** Those of the entry behind one that has these. */
    public EntryLinks behind(long sequence, Checkpoint.Kind kind) {
        return switch (kind) {
            case START, COMPLETE -> this;
            case PAGE -> new EntryLinks(sequence, loss, schemas);
            case LOSS -> new EntryLinks(page, sequence, schemas);
            case SCHEMAS -> new EntryLinks(page, loss, sequence);
        };
    }
}
