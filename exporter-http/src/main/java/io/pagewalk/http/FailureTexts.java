package io.pagewalk.http;

/** What failures mean where the server runs: a command line has exit codes, and texts for what is no failure of the library's. */
public interface FailureTexts {
    /**
     * What a failure comes to.
     *
     * @param exitCode the code that a command ends with
     * @param message one line, without secrets
     */
    record Told(int exitCode, String message) {}

    /** Tells what it comes to, also of an error. */
    Told tell(Throwable failure);
}
