package io.pagewalk.http;

import io.pagewalk.location.DirectoryLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How pages are served.
 *
 * @param host the address to listen on, such as {@code 127.0.0.1}
 * @param port the port, or 0 for one that is free
 * @param hosts further names by which clients ask, besides that address and those of the loopback interface
 * @param secret what clients have to know, or null if everybody may ask who reaches the address
 * @param readers how many pages are read at a time, at least 1
 * @param memory how many bytes of keys, values and headers pages hold together, at most
 * @param registryContext which of the schema registry's contexts ids are of; empty for that of its address
 * @param exports outputs whose exports may be looked at, or that have a directory for each topic
 */
public record PageServerSettings(
        String host,
        int port,
        List<String> hosts,
        @Nullable String secret,
        int readers,
        long memory,
        String registryContext,
        List<DirectoryLocation> exports) {
    public PageServerSettings {
        hosts = List.copyOf(hosts);
        exports = List.copyOf(exports);
        if (readers < 1 || memory < 1) {
            throw new IllegalArgumentException(readers + " readers, " + memory + " bytes");
        }
    }

    /** The secret is not shown. */
    @Override
    public String toString() {
        return "pages at " + host + ":" + port;
    }
}
