package io.pagewalk.spark;

/** A command has ended with another exit code than 0; it has said why. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(int code) {
        super("pagewalk has ended with exit code " + code + "; its last line on standard error says why");
    }
}
