package io.pagewalk.cli.console;

import io.pagewalk.error.Reasons;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, remembering why it failed: {@link java.io.PrintStream} only knows that it did, and a full disk must be
 * told from a reader, such as {@code head}, that has seen enough.
 */
final class ResultStream extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    ResultStream(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remember(e);
        }
    }

    /** Why writing failed, or null if it did not, or only because the reader has gone away. */
    synchronized @Nullable String failure() {
        return failure == null || isAbandoned() ? null : "cannot write to standard output: " + Reasons.line(failure);
    }

    synchronized boolean isAbandoned() {
        return failure != null && Reasons.line(failure).contains("Broken pipe");
    }

    private IOException remember(IOException e) {
        if (failure == null) {
            failure = e;
        }
        return e;
    }
}
