package io.pagewalk.internal.http.api;

import io.pagewalk.internal.http.server.Exchange;
import java.io.IOException;

/** What a route does. */
interface Answer {
    /**
     * Answers a request.
     *
     * @param variables what stands in the path where its template has names, in their order, decoded
     */
    void to(Exchange exchange, String[] variables) throws IOException;
}
