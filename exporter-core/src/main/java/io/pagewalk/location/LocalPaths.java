package io.pagewalk.location;

import io.pagewalk.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what options that take a file or directory of this machine are given. */
public final class LocalPaths {
    private static final String ACCEPTED = "a local path or a file: URI";

    private LocalPaths() {}

    /**
     * The absolute path that a plain path or a {@code file:} URI means.
     *
     * @throws UsageException naming the scheme if it is another one; its message goes on after the name of an option
     */
    public static Path parse(String text) {
        if (text.isBlank()) {
            throw new UsageException("'' is empty; give " + ACCEPTED);
        }
        String scheme = LocationTexts.schemeOf(text);
        if (scheme == null) {
            return path(text, text);
        }
        if (!scheme.equals("file")) {
            throw LocationTexts.unsupported(text, ACCEPTED);
        }
        try {
            return fromUri(text, new URI(text));
        } catch (URISyntaxException e) {
            // Not as a cause: its message repeats the text.
            throw new UsageException(
                    "'" + LocationTexts.shown(text) + "' is not a URI: " + e.getReason() + "; spaces are written %20");
        }
    }

    private static Path fromUri(String text, URI uri) {
        String host = uri.getAuthority();
        if (host != null && !host.equalsIgnoreCase("localhost")) {
            throw new UsageException(
                    "'" + LocationTexts.shown(text) + "' names a host; a file on this machine is file:///path");
        }
        if (uri.isOpaque() || uri.getPath() == null || !uri.getPath().startsWith("/")) {
            throw new UsageException(
                    "'" + LocationTexts.shown(text) + "' is not absolute; write file:///path, or a plain path");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new UsageException("'" + LocationTexts.shown(text)
                    + "' has a query or fragment, which files do not have; write ? as %3F" + " and # as %23");
        }
        String path = uri.getPath();
        return path(text, LocationTexts.HAS_DRIVES ? path.replaceFirst("^/(?=[A-Za-z]:)", "") : path);
    }

    private static Path path(String text, String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            throw new UsageException("'" + LocationTexts.shown(text)
                    + "': ~ is not expanded here; write the path out, or $HOME in a shell");
        }
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("'" + LocationTexts.shown(text) + "' is not a path: " + e.getReason());
        }
    }
}
