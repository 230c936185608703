package io.pagewalk;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.export.Providers;
import io.pagewalk.internal.storage.LocalProvider;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import java.nio.file.Path;

/** Reads locations, each by the provider of its scheme: Pagewalk's own, or one of a jar on the class path. */
public final class Locations {
    private Locations() {}

    /**
     * A place for an export's log: a directory, or one that holds logs alone, such as {@code kafka:TOPIC}.
     *
     * @throws UsageException if the text is none; its message begins with the text
     */
    public static Location parse(String text) {
        return Providers.parse(text);
    }

    /**
     * A place for files: a path, or a URI of the local disk, of one of Hadoop's file systems, or of another provider's.
     *
     * @throws UsageException if the text is none; its message begins with the text
     */
    public static DirectoryLocation parseDirectory(String text) {
        return Providers.parseDirectory(text);
    }

    /** A directory of this machine. */
    public static DirectoryLocation directory(Path path) {
        return LocalProvider.location(path);
    }
}
