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
    private final String problem;

    /**
     * @param problem why it does not fit, in words that are the same for all such records, such as {@code not UTF-8}
     * @param message the same for the person running the export, with the record's place
     */
    public BadRecordException(Part part, String problem, String message) {
        super(message);
        this.part = part;
        this.problem = problem;
    }

    public Part part() {
        return part;
    }

    public String problem() {
        return problem;
    }
}
