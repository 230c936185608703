package io.pagewalk.internal.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks about what is there, with as few questions as can be: each takes a store some hundredths of a second, and before
 * an export's first file most are about what is not there yet. S3A asks a store two questions before it says so of a file, and three
 * of a directory, where one is enough. Safe for use by any number of threads.
 */
final class Questions {
    private final FileSystem fileSystem;
    private final boolean asksTwice;

    /** Directories that held something: most likely they still do. */
    private final Set<Path> filled = ConcurrentHashMap.newKeySet();

    Questions(Scheme scheme, FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.asksTwice = scheme == Scheme.S3A;
    }

    /** One question to S3A, where a status of what is not there takes two: it looks for a directory, too. */
    @SuppressWarnings("deprecation")
    boolean isFile(Path file) throws IOException {
        return fileSystem.isFile(file);
    }

    /** @throws NoSuchFileException if there is no such file */
    FileStatus status(Path file) throws IOException {
        if (asksTwice && !isFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try {
            FileStatus status = fileSystem.getFileStatus(file);
            if (status.isFile()) {
                return status;
            }
        } catch (FileNotFoundException e) {
            NoSuchFileException noSuchFile = new NoSuchFileException(file.toString());
            noSuchFile.initCause(e);
            throw noSuchFile;
        }
        throw new NoSuchFileException(file.toString());
    }

    /** What is known of the file need not be asked once more. */
    FSDataInputStream open(FileStatus file) throws IOException {
        return FutureIO.awaitFuture(
                fileSystem.openFile(file.getPath()).withFileStatus(file).build());
    }

    /** Likewise, where its size is known; whether it is there, shows when it is read. */
    FSDataInputStream open(Path file, long size) throws IOException {
        return FutureIO.awaitFuture(fileSystem
                .openFile(file)
                .opt(Options.OpenFileOptions.FS_OPTION_OPENFILE_LENGTH, Long.toString(size))
                .build());
    }

    /** A directory has a file, so that it is there. */
    void holds(@Nullable Path directory) {
        if (directory != null) {
            filled.add(directory);
        }
    }

    /** Names what lies directly in a directory; nothing if that is not there. */
    @SuppressWarnings("deprecation")
    void list(Path directory, Consumer<FileStatus> each) throws IOException {
        if (asksTwice && !filled.contains(directory) && !fileSystem.isDirectory(directory)) {
            return;
        }
        try {
            RemoteIterator<FileStatus> found = fileSystem.listStatusIterator(directory);
            while (found.hasNext()) {
                filled.add(directory);
                FileStatus status = found.next();
                if (status.isDirectory()) {
                    filled.add(status.getPath());
                }
                each.accept(status);
            }
        } catch (FileNotFoundException e) {
            // It is not there, or was removed a moment ago.
            return;
        }
    }
}
