package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** Records of the extent are gone from the topic (retention or DeleteRecords), and the export may not skip them. */
public final class DataLossException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    private final long start;
    private final long end;

    /**
     * @param start the first offset that is gone
     * @param end the offset after the last one that is gone, within what was to be read
     */
    public DataLossException(long start, long end, String problem, @Nullable Throwable cause) {
        this(start, end, problem, Advice.RECORD_LOSSES, cause);
    }

    private DataLossException(long start, long end, String problem, Advice advice, @Nullable Throwable cause) {
        super(problem, advice, cause);
        this.start = start;
        this.end = end;
    }

    /** The same loss where a single page is read, which puts nothing on record. */
    public DataLossException ofSinglePage() {
        return new DataLossException(start, end, problem(), Advice.BEGIN_ANEW, this);
    }

    public long start() {
        return start;
    }

    public long end() {
        return end;
    }
}
