package io.pagewalk.cli;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The file of {@code --report}: the last run's, replaced as a whole. */
final class ReportFile {
    private final Path path;

    /** @throws UsageException if the report could not be written at the end of a long run either */
    ReportFile(Path path) {
        this.path = path;
        Path directory = path.getParent();
        if (directory == null || Files.isDirectory(path)) {
            throw new UsageException("--report " + path + " is a directory");
        }
        if (!Files.isDirectory(directory)) {
            throw new UsageException("--report " + path + ": there is no directory " + directory);
        }
        if (!Files.isWritable(directory)) {
            throw new UsageException("--report " + path + ": files cannot be created in " + directory);
        }
    }

    void write(Map<String, ?> report) {
        Path temporary = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(temporary, Json.document(report) + "\n");
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw new ExportFailedException("cannot write --report " + path + ": " + Failure.describe(e), e);
        }
    }

    private static void deleteQuietly(Path temporary, IOException failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
