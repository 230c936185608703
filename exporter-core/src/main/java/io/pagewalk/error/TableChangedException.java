package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/**
 * A table that follows an export is not what the export has made of it: dropped and made anew, rolled back, or its rows put into other
 * files. The export's own files and log are whole. Somebody has to decide what becomes of the table.
 */
public final class TableChangedException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public TableChangedException(String problem, Advice advice) {
        this(problem, advice, null);
    }

    public TableChangedException(String problem, Advice advice, @Nullable Throwable cause) {
        super(problem, advice, cause);
    }
}
