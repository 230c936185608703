package io.pagewalk.error;

/**
 * The time for a page had passed before any of it was read. Nothing is lost: the same token can be tried again, with more time.
 */
public final class PageDeadlineException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    private final boolean silent;

    /** @param silent whether the brokers have sent nothing at all */
    public PageDeadlineException(String message, boolean silent) {
        super(message, null);
        this.silent = silent;
    }

    /** Whether the brokers have sent nothing at all; else what they sent was not enough to tell what comes next. */
    public boolean isSilent() {
        return silent;
    }
}
