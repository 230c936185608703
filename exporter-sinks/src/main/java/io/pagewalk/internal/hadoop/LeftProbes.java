package io.pagewalk.internal.hadoop;

import io.pagewalk.internal.hadoop.Publisher.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The probes of runs that were killed before they removed them, where nothing tells which runs are alive. A run needs its probe
 * for seconds, so one that is a day old is nobody's. Its age is counted by the store's clock alone: clocks of machines differ.
 */
final class LeftProbes {
    static final Duration LIFE = Duration.ofDays(1);

    /** It ends as a probe does, because a run may be killed here, too. */
    private static final String CLOCK_SUFFIX = ".clock" + ExclusivityProbe.SUFFIX;

    private final FileSystem fileSystem;
    private final Questions questions;
    private final Publisher publisher;
    private final Path temporaryFolder;

    LeftProbes(FileSystem fileSystem, Questions questions, Publisher publisher, Path temporaryFolder) {
        this.fileSystem = fileSystem;
        this.questions = questions;
        this.publisher = publisher;
        this.temporaryFolder = temporaryFolder;
    }

    /** Removes the old ones; how many those were. Publishes nothing where there is no probe at all. */
    int remove(String ownId) throws IOException {
        List<FileStatus> probes = probes();
        if (probes.isEmpty()) {
            return 0;
        }
        long now = now(ownId);
        int removed = 0;
        for (FileStatus probe : probes) {
            if (now - probe.getModificationTime() > LIFE.toMillis()) {
                publisher.delete(probe.getPath());
                removed++;
            }
        }
        return removed;
    }

    private List<FileStatus> probes() throws IOException {
        List<FileStatus> probes = new ArrayList<>();
        questions.list(temporaryFolder, status -> {
            if (status.isFile() && status.getPath().getName().endsWith(ExclusivityProbe.SUFFIX)) {
                probes.add(status);
            }
        });
        return probes;
    }

    private long now(String ownId) throws IOException {
        Path clock = new Path(temporaryFolder, ownId + CLOCK_SUFFIX);
        try (PendingUpload upload = publisher.create(clock, Way.USUAL)) {
            upload.publish();
            return fileSystem.getFileStatus(clock).getModificationTime();
        } finally {
            publisher.delete(clock);
        }
    }
}
