package io.pagewalk.error;

/** A record does not fit into the files of its export. Nothing of it was written, and what was written before is sound. */
public final class BadRecordException extends FormatMismatchException {
    private static final long serialVersionUID = 1L;

    /** What of the record does not fit. */
    public enum Part {
        KEY("key"),
        VALUE("value"),
        HEADER("header"),
        TIMESTAMP("timestamp");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        /** As files of dead letters write it. */
        @Override
        public String toString() {
            return text;
        }
    }

    private final Part part;
    private final String kind;

    /**
     * @param kind why it does not fit, in words that are the same for all such records, such as {@code not UTF-8}
     * @param problem the same for the person running the export, with the record's place
     */
    public BadRecordException(Part part, String kind, String problem) {
        super(problem, Advice.SET_RECORDS_ASIDE);
        this.part = part;
        this.kind = kind;
    }

    public Part part() {
        return part;
    }

    /** Why it does not fit, in words that are the same for all such records. */
    public String kind() {
        return kind;
    }
}
