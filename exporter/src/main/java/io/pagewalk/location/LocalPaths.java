package io.pagewalk.location;

import io.pagewalk.error.UsageException;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what options that take a file or directory of this machine are given. */
public final class LocalPaths {
    /** Whatever stands before a colon in the first part is taken for a scheme, lest {@code s3://x} become a folder "s3:". */
    private static final Pattern SCHEME = Pattern.compile("([^/\\\\:]*):.*", Pattern.DOTALL);

    private static final boolean HAS_DRIVES = File.separatorChar == '\\';

    private LocalPaths() {}

    /**
     * The absolute path that a plain path or a {@code file:} URI means.
     *
     * @throws UsageException naming the scheme if it is another one
     */
    public static Path parse(String text) {
        return parse(text, "a local path or a file: URI");
    }

    /** @param accepted what may be given there, as messages say it */
    static Path parse(String text, String accepted) {
        if (text.isBlank()) {
            throw new UsageException("'' is empty; give " + accepted);
        }
        Matcher matcher = SCHEME.matcher(text);
        if (!matcher.matches() || (HAS_DRIVES && matcher.group(1).length() == 1)) {
            return path(text, text);
        }
        if (!matcher.group(1).equalsIgnoreCase("file")) {
            throw new UsageException("'" + shown(text) + "': the scheme '" + matcher.group(1)
                    + "' is not supported; give " + accepted
                    // A URI is hardly ever meant to be a path.
                    + (text.contains("://") ? "" : ", and ./" + shown(text) + " if a file of that name is meant"));
        }
        try {
            return fromUri(text, new URI(text));
        } catch (URISyntaxException e) {
            // Not as a cause: its message repeats the text.
            throw new UsageException(
                    "'" + shown(text) + "' is not a URI: " + e.getReason() + "; spaces are written %20");
        }
    }

    private static Path fromUri(String text, URI uri) {
        String host = uri.getAuthority();
        if (host != null && !host.equalsIgnoreCase("localhost")) {
            throw new UsageException("'" + shown(text) + "' names a host; a file on this machine is file:///path");
        }
        if (uri.isOpaque() || uri.getPath() == null || !uri.getPath().startsWith("/")) {
            throw new UsageException("'" + shown(text) + "' is not absolute; write file:///path, or a plain path");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new UsageException("'" + shown(text)
                    + "' has a query or fragment, which files do not have; write ? as %3F" + " and # as %23");
        }
        String path = uri.getPath();
        return path(text, HAS_DRIVES ? path.replaceFirst("^/(?=[A-Za-z]:)", "") : path);
    }

    private static Path path(String text, String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            throw new UsageException(
                    "'" + shown(text) + "': ~ is not expanded here; write the path out, or $HOME in a shell");
        }
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("'" + shown(text) + "' is not a path: " + e.getReason());
        }
    }

    /** On one line, and without what stands in front of a host, which may be a password. */
    static String shown(String text) {
        return text.replaceAll("\\p{Cc}", " ").replaceFirst("(?s)//.*@", "//[hidden]@");
    }
}
