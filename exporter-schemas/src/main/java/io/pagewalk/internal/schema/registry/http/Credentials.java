package io.pagewalk.internal.schema.registry.http;

import java.net.URI;

/** How a registry lets in. What is secret in it is never shown. */
sealed interface Credentials {
    /** By nothing, or by what stands in its URL. */
    record OfUrl() implements Credentials {}

    /** By the same header each time. */
    record Header(String value) implements Credentials {
        @Override
        public String toString() {
            return "Header[hidden]";
        }
    }

    /** By tokens that a server gives for an id and a secret, as OAuth's client credentials are. */
    record OAuth(URI endpoint, String clientId, String clientSecret, String scope) implements Credentials {
        @Override
        public String toString() {
            return "OAuth[hidden]";
        }
    }
}
