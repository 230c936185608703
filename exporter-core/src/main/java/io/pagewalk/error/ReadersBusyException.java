package io.pagewalk.error;

/** As many pages are read, or wait for who asked for them, as there may be at a time. A moment later there may be room. */
public final class ReadersBusyException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public ReadersBusyException(String message) {
        super(message, null);
    }
}
