package io.pagewalk.cli.failure;

/** A server has refused what it was asked, and has said what that means. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    /** @param message one line */
    public RefusedException(String message, ExitCode code) {
        super(message);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
