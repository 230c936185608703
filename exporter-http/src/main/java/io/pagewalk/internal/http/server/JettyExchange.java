package io.pagewalk.internal.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An exchange of Jetty's. */
final class JettyExchange implements Exchange {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private boolean ended;

    JettyExchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
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
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? null : bytes;
        }
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
        response.write(true, bytes, Callback.from(callback, sent));
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
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("aborted"));
    }

    /** The handler has returned. */
    void end() {
        if (!ended) {
            ended = true;
            callback.succeeded();
        }
    }
}
