package io.pagewalk.cli.demo;

import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the demo's output goes: always to a directory that has nothing in it yet. */
final class OutputDirectory {
    private static final String NAME = "pagewalk-demo";

    private OutputDirectory() {}

    /**
     * Creates it.
     *
     * @param wanted null for one that can be found easily: in the current directory, or in the temporary one if that cannot be
     *     written to
     * @throws UsageException if {@code wanted} cannot be used
     */
    static Path create(@Nullable Path wanted) throws IOException {
        return wanted == null ? createSomewhere() : create(wanted, "--dir " + wanted);
    }

    private static Path create(Path dir, String name) throws IOException {
        try {
            Files.createDirectories(dir);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(name + " is not a directory", e);
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(dir)) {
            if (content.iterator().hasNext()) {
                throw new UsageException(name + " is not empty; name a directory that is, or does not exist");
            }
        }
        return dir;
    }

    private static Path createSomewhere() throws IOException {
        for (int number = 1; ; number++) {
            Path dir = Path.of(number == 1 ? NAME : NAME + "-" + number);
            try {
                return Files.createDirectory(dir);
            } catch (FileAlreadyExistsException e) {
                // The output of an earlier demo: the next name, then.
            } catch (IOException e) {
                return Files.createTempDirectory(NAME + "-");
            }
        }
    }
}
