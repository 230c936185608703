package io.pagewalk.internal.http.server;

import java.io.IOException;

/** Answers requests, for any number of threads. */
public interface HttpHandler {
    /** Answers one; an exception that comes out ends the connection, or is told as a fault of the server if nothing was sent. */
    void handle(Exchange exchange) throws IOException;
}
