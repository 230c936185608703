package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftProbesTest {
    @TempDir
    private Path directory;

    private final RawLocalFileSystem fileSystem = new RawLocalFileSystem();

    @BeforeEach
    void initialize() throws IOException {
        fileSystem.initialize(directory.toUri(), new Configuration(false));
    }

    @Test
    void removesThoseThatAreOlderThanADay() throws IOException {
        Instant now = Instant.now();
        leave("old.probe", now.minus(Duration.ofHours(25)));
        leave("older.clock.probe", now.minus(Duration.ofDays(400)));
        leave("young.probe", now.minus(Duration.ofHours(23)));

        assertThat(remove(now)).isEqualTo(2);

        assertThat(files()).containsExactly("young.probe");
        assertThat(remove(now)).isZero();
    }

    /** However wrong the clock of this machine is, and also that of the store. */
    @ParameterizedTest
    @ValueSource(ints = {-1000, -2, 2, 1000})
    void countsByTheStoresOwnTime(int daysAhead) throws IOException {
        Instant now = Instant.now().plus(Duration.ofDays(daysAhead));
        leave("old.probe", now.minus(Duration.ofHours(25)));
        leave("young.probe", now.minus(Duration.ofHours(23)));
        leave("future.probe", now.plus(Duration.ofHours(25)));

        assertThat(remove(now)).isEqualTo(1);

        assertThat(files()).containsExactly("future.probe", "young.probe");
    }

    @Test
    void removesNothingElse() throws IOException {
        Instant now = Instant.now();
        Instant longAgo = now.minus(Duration.ofDays(10));
        leave("0.tmp", longAgo);
        leave("run.lock", longAgo);
        leave("probe", longAgo);
        Files.createDirectory(directory.resolve("directory.probe"));

        assertThat(remove(now)).isZero();

        assertThat(files()).containsExactly("0.tmp", "directory.probe", "probe", "run.lock");
    }

    @Test
    void writesNothingWhereNoProbeIs() throws IOException {
        Files.delete(directory);

        assertThat(remove(Instant.now())).isZero();

        assertThat(directory).doesNotExist();
    }

    private int remove(Instant storesTime) throws IOException {
        return new LeftProbes(
                        fileSystem,
                        new Questions(Scheme.GS, fileSystem),
                        new Store(storesTime),
                        new org.apache.hadoop.fs.Path(directory.toUri()))
                .remove("own");
    }

    private void leave(String name, Instant at) throws IOException {
        Files.setLastModifiedTime(Files.createFile(directory.resolve(name)), FileTime.from(at));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Publishes files that are of its own time. */
    private final class Store implements Publisher {
        private final Instant now;

        Store(Instant now) {
            this.now = now;
        }

        @Override
        public PendingUpload create(org.apache.hadoop.fs.Path target, Way way) {
            return new PendingUpload(target.toString(), new Failures(new Configuration(false))) {
                @Override
                void write(byte[] bytes, int offset, int length) {}

                @Override
                void complete() throws IOException {
                    if (Files.exists(directory.resolve(target.getName()))) {
                        throw new FileAlreadyExistsException(place());
                    }
                    leave(target.getName(), now);
                }

                @Override
                void discard() {}
            };
        }

        @Override
        public void delete(org.apache.hadoop.fs.Path file) throws IOException {
            Files.deleteIfExists(directory.resolve(file.getName()));
        }

        @Override
        public int removeDeadTemporaries() {
            return 0;
        }

        @Override
        public List<String> liveRuns() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
