package io.pagewalk.location;

import java.nio.file.Path;

/**
 * A directory of this machine.
 *
 * @param path absolute and normalized
 */
public record LocalDirectory(Path path) implements DirectoryLocation {
    public LocalDirectory {
        path = path.toAbsolutePath().normalize();
    }

    @Override
    public DirectoryLocation resolve(String name) {
        return new LocalDirectory(path.resolve(name));
    }

    @Override
    public boolean tellsLiveRuns() {
        return true;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
