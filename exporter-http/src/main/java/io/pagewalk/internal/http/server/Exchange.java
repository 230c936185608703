package io.pagewalk.internal.http.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request and its response. Confined to the thread of its handler, but for {@link #hangUp}. */
public interface Exchange {
    /** {@code GET} and the like, as it was sent. */
    String method();

    /** The path as it was sent, with its escapes. */
    String path();

    /** What stands behind the {@code ?}, as it was sent; null if none does. */
    @Nullable
    String query();

    /** All values of a header, in the order in which they were sent. */
    List<String> headers(String name);

    /** Who asks. */
    SocketAddress client();

    /**
     * The request's body.
     *
     * @param most how many bytes it may have
     * @return null if it has more
     */
    byte @Nullable [] body(int most) throws IOException;

    /** Sets a header of the response, which has not begun. */
    void header(String name, String value);

    /**
     * Answers with all there is, and returns before it was sent; nothing may be done after it.
     *
     * @param sent told once it was sent, or will never be
     */
    void send(int status, byte[] body, int offset, int length, Runnable sent);

    /** Likewise, of all of an array. */
    default void send(int status, byte[] body) {
        send(status, body, 0, body.length, () -> {});
    }

    /**
     * Answers with what is written from now on; a write waits until there is room for it, and fails if the client has gone, or takes nothing
     * for too long. Closing it ends the answer.
     */
    OutputStream stream(int status);

    /** Ends the answer without its end, so that the client sees that something is missing. */
    void abort();

    /** Ends the connection, for any thread: a write that waits for the client fails. */
    void hangUp();
}
