package io.pagewalk.internal.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;

/**
 * The runs that have temporary files: for each a folder of its id and, before the folder and until after it, a {@link RunLock}.
 * Where there are no locks, nothing is removed and no run is known to be alive.
 */
final class TemporaryRuns {
    static final String TEMPORARY = ".tmp";

    private final FileSystem fileSystem;
    private final Path temporaryFolder;

    TemporaryRuns(FileSystem fileSystem, Path temporaryFolder) {
        this.fileSystem = fileSystem;
        this.temporaryFolder = temporaryFolder;
    }

    /** Removes what dead runs have left; how many files that were. */
    int removeDead(String ownId) throws IOException {
        if (!RunLock.isKnownOn(fileSystem)) {
            return 0;
        }
        TreeSet<String> runs = new TreeSet<>();
        for (FileStatus status : statuses(temporaryFolder)) {
            String name = status.getPath().getName();
            if (status.isDirectory()) {
                runs.add(name);
            } else if (name.endsWith(RunLock.SUFFIX)) {
                runs.add(withoutSuffix(name));
            } else if (name.endsWith(ExclusivityProbe.SUFFIX)) {
                // A living run has its lock before its probe.
                runs.add(name.substring(0, name.length() - ExclusivityProbe.SUFFIX.length()));
            }
        }
        runs.remove(ownId);
        int removed = 0;
        for (String run : runs) {
            Path lock = RunLock.file(temporaryFolder, run);
            if (!RunLock.isHeld(fileSystem, lock)) {
                removed += removeFolder(new Path(temporaryFolder, run));
                removed += fileSystem.delete(new Path(temporaryFolder, run + ExclusivityProbe.SUFFIX), false) ? 1 : 0;
                fileSystem.delete(lock, false);
            }
        }
        return removed;
    }

    private int removeFolder(Path folder) throws IOException {
        int removed = 0;
        for (FileStatus status : statuses(folder)) {
            if (status.isFile() && status.getPath().getName().endsWith(TEMPORARY)) {
                removed += fileSystem.delete(status.getPath(), false) ? 1 : 0;
            }
        }
        try {
            fileSystem.delete(folder, false);
        } catch (RemoteException e) {
            if (!e.getClassName().endsWith(".PathIsNotEmptyDirectoryException")) {
                throw e;
            }
        }
        return removed;
    }

    List<String> alive(String ownId) throws IOException {
        List<String> alive = new ArrayList<>();
        if (!RunLock.isKnownOn(fileSystem)) {
            return alive;
        }
        for (FileStatus status : statuses(temporaryFolder)) {
            String name = status.getPath().getName();
            if (status.isFile()
                    && name.endsWith(RunLock.SUFFIX)
                    && !withoutSuffix(name).equals(ownId)
                    && RunLock.isHeld(fileSystem, status.getPath())) {
                alive.add(withoutSuffix(name));
            }
        }
        return alive;
    }

    private static String withoutSuffix(String name) {
        return name.substring(0, name.length() - RunLock.SUFFIX.length());
    }

    private List<FileStatus> statuses(Path directory) throws IOException {
        try {
            return List.of(fileSystem.listStatus(directory));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }
}
