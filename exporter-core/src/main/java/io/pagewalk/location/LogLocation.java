package io.pagewalk.location;

import org.jspecify.annotations.Nullable;

/**
 * A place that holds logs, but no files. Made by the provider of its scheme; a program parses a text instead.
 *
 * @param scheme who serves it
 * @param text its one spelling, without credentials
 * @param topic the topic that it is, in the cluster of the exported topic; null if that cluster is not needed for it
 */
public record LogLocation(
        String scheme, String text, @Nullable String topic) implements Location {
    @Override
    public String toString() {
        return text;
    }
}
