package io.pagewalk.benchmark.macro.measure;

/** What was to be measured did not do its work; the message says what happened, with the end of its log. */
public final class Failed extends RuntimeException {
    public Failed(String message) {
        super(message);
    }
}
