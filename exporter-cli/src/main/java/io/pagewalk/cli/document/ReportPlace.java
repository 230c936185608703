package io.pagewalk.cli.document;

import io.pagewalk.Locations;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LocalPaths;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code --report} goes.
 *
 * @param path a file of this machine, or null
 * @param directory what else it is in, or null
 * @param name the file's
 */
public record ReportPlace(@Nullable Path path, @Nullable DirectoryLocation directory, String name) {
    private static final Pattern REMOTE = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]*://.*");

    /**
     * Reads a path, or a URI.
     *
     * @throws UsageException if it is none; its message goes on behind the name of an option
     */
    public static ReportPlace parse(String text) {
        if (!REMOTE.matcher(text).matches()) {
            Path path = LocalPaths.parse(text);
            return new ReportPlace(path, null, String.valueOf(path.getFileName()));
        }
        int slash = text.lastIndexOf('/');
        String name = text.substring(slash + 1);
        if (name.isEmpty()) {
            throw new UsageException(" '" + text + "' is a directory; name a file");
        }
        return new ReportPlace(null, Locations.parseDirectory(text.substring(0, slash)), name);
    }

    /** Whether it is in a directory, or in one below it. */
    public boolean isIn(DirectoryLocation place) {
        String text = directory != null ? directory.toString() : String.valueOf(Locations.directory(parent()));
        return (text + "/").startsWith(place + (place.toString().endsWith("/") ? "" : "/"));
    }

    private Path parent() {
        Path file = path == null ? Path.of(name) : path;
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    @Override
    public String toString() {
        return path != null ? path.toString() : directory + "/" + name;
    }
}
