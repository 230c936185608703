package io.pagewalk.internal.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;
import org.jspecify.annotations.Nullable;

/** An exchange of Jetty's. */
final class JettyExchange implements Exchange {
    private static final int BODY_BUFFER_BYTES = 8 * 1024;
    private static final int PIECE_BYTES = 256 * 1024;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Duration bodyLimit;
    private boolean ended;

    JettyExchange(Request request, Response response, Callback callback, Duration bodyLimit) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return String.valueOf(request.getHttpURI().getPath());
    }

    @Override
    public @Nullable String query() {
        return request.getHttpURI().getQuery();
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public SocketAddress client() {
        return request.getConnectionMetaData().getRemoteSocketAddress();
    }

    @Override
    public byte @Nullable [] body(int most) throws IOException {
        long began = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] some = new byte[BODY_BUFFER_BYTES];
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                bytes.write(some, 0, n);
                if (bytes.size() > most) {
                    return null;
                }
                // Who sends a byte now and then is never silent.
                if (System.nanoTime() - began > bodyLimit.toNanos()) {
                    throw new IOException("the body of a request took too long");
                }
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void header(String name, String value) {
        response.getHeaders().put(name, value);
    }

    @Override
    public void send(int status, byte[] body, int offset, int length, Runnable sent) {
        response.setStatus(status);
        // A status without a body has no length either.
        if (status != 204 && status != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        }
        ended = true;
        ByteBuffer bytes = isHead() ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body, offset, length);
        new Pieces(bytes, Callback.from(callback, sent)).iterate();
    }

    /** An answer in pieces: what is given to a socket is copied as a whole each time, however little of it is taken. */
    private final class Pieces extends IteratingNestedCallback {
        private final ByteBuffer left;
        private boolean isLast;

        Pieces(ByteBuffer left, Callback whole) {
            super(whole);
            this.left = left;
        }

        @Override
        protected Action process() {
            if (isLast) {
                return Action.SUCCEEDED;
            }
            ByteBuffer piece = left.slice(left.position(), Math.min(left.remaining(), PIECE_BYTES));
            left.position(left.position() + piece.remaining());
            isLast = !left.hasRemaining();
            response.write(isLast, piece, this);
            return Action.SCHEDULED;
        }
    }

    private boolean isHead() {
        return method().equals("HEAD");
    }

    @Override
    public OutputStream stream(int status) {
        response.setStatus(status);
        return Content.Sink.asOutputStream(response);
    }

    @Override
    public void abort() {
        ended = true;
        // Nothing can be said any more, so the end of the answer must be missing.
        hangUp();
        callback.failed(new IOException("aborted"));
    }

    @Override
    public void hangUp() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }

    /** The handler has returned. */
    void end() {
        if (!ended) {
            ended = true;
            callback.succeeded();
        }
    }
}
