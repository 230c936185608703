package io.pagewalk.internal.iceberg;

import io.pagewalk.location.DirectoryLocation;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places of files by their meaning: the same one has several spellings, of which a table has its own. */
final class StorePaths {
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?:(//)([^/]*))?(/.*)?");
    /** All of them are S3A to us. */
    private static final Set<String> S3 = Set.of("s3", "s3n", "s3a");

    private StorePaths() {}

    /** As it is written; null if it has none. */
    static @Nullable String schemeOf(String location) {
        Matcher uri = URI.matcher(location);
        return uri.matches() ? uri.group(1).toLowerCase(Locale.ROOT) : null;
    }

    /** One spelling for all that mean the same, without a slash at the end. */
    static String canonical(String location) {
        Matcher uri = URI.matcher(location);
        if (!uri.matches()) {
            return "file://" + withoutEnd(location);
        }
        String scheme = uri.group(1).toLowerCase(Locale.ROOT);
        String authority = uri.group(3) == null ? "" : uri.group(3);
        String path = uri.group(4) == null ? "" : uri.group(4);
        return (S3.contains(scheme) ? "s3a" : scheme) + "://" + authority + withoutEnd(path);
    }

    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** Whether a place is another one, or in it. */
    static boolean isWithin(String location, String other) {
        return (canonical(location) + "/").startsWith(canonical(other) + "/");
    }

    /** What leads from a directory to a file in it; null if it is elsewhere. */
    static @Nullable String relative(String file, String directory) {
        String start = canonical(directory) + "/";
        String whole = canonical(file);
        return whole.startsWith(start) ? whole.substring(start.length()) : null;
    }

    /** The output as a table spells its own places, if both are in stores of the same kind. */
    static String spelled(DirectoryLocation output, String tableLocation) {
        Matcher place = URI.matcher(canonical(output.text()));
        if (!place.matches()) {
            throw new IllegalArgumentException(output.text());
        }
        String authority = place.group(3);
        String path = place.group(4) == null ? "" : place.group(4);
        Matcher table = URI.matcher(tableLocation);
        String scheme = place.group(1);
        boolean alike = table.matches() && canonical(tableLocation).startsWith(scheme + ":");
        String spelling = alike ? table.group(1) : scheme;
        boolean slashes = !authority.isEmpty() || !alike || table.group(2) != null;
        return spelling + ":" + (slashes ? "//" + authority : "") + path;
    }
}
