package io.pagewalk.cli.document;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that a command replaces as a whole. */
public final class ReplacedFile {
    private final String option;
    private final Path path;
    private final Path directory;

    /**
     * Looks whether it could be written at the end of a long run.
     *
     * @param option that names it
     * @throws UsageException if it could not
     */
    public ReplacedFile(String option, Path path) {
        this.option = option;
        this.path = path;
        Path directory = path.getParent();
        if (directory == null || Files.isDirectory(path)) {
            throw new UsageException(option + " " + path + " is a directory; name a file");
        }
        // The file takes its place: not that of /dev/stdout, nor of a link whose target it would leave as it was.
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(
                    option + " " + path + " is not a regular file, but a link or a device; name a file");
        }
        this.directory = directory;
        if (!Files.isDirectory(directory)) {
            throw new UsageException(
                    option + " " + path + ": there is no directory " + directory + "; create it, or name another");
        }
        if (!Files.isWritable(directory)) {
            throw new UsageException(
                    option + " " + path + ": files cannot be created in " + directory + "; name another directory");
        }
    }

    /**
     * Removes the last command's, lest it be taken for that of a command that is killed.
     *
     * @throws UsageException if it cannot be removed, and so not be replaced either
     */
    public void removeOld() {
        try {
            Files.deleteIfExists(path);
            removeUnfinished();
        } catch (IOException e) {
            throw new UsageException(option + " " + path + " cannot be replaced: " + Reasons.describe(e), e);
        }
    }

    /** A command that was killed while it wrote its own has left one that nobody knows of. */
    private void removeUnfinished() throws IOException {
        Pattern name = Pattern.compile(Pattern.quote("." + path.getFileName()) + "\\.([0-9]{1,18})\\.tmp");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher matcher = name.matcher(file.getFileName().toString());
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Replaces it. */
    public void write(String text) {
        Path temporary = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(temporary, text);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw new ExportFailedException("cannot write " + option + " " + path + ": " + Reasons.describe(e), e);
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
