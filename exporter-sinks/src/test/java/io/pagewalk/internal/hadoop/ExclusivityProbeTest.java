package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ExclusivityProbeTest {
    private static final Path NAME = new Path("s3a://bucket/_pagewalk/tmp=/run.probe");

    @Test
    void acceptsAPlaceThatKeepsTheFirstAndLeavesNothing() throws IOException {
        Place place = new Place(Set.of());

        ExclusivityProbe.run(place, NAME);

        assertThat(place.published).isEmpty();
        assertThat(place.pending).isEmpty();
    }

    @Test
    void refusesAPlaceThatOverwrites() {
        Place place = new Place(EnumSet.allOf(Publisher.Way.class));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ExclusivityProbe.run(place, NAME))
                .withMessageContaining("risk of overwriting")
                .withMessageContaining("s3a://bucket");

        assertThat(place.published).isEmpty();
        assertThat(place.pending).isEmpty();
    }

    @Test
    void refusesAPlaceThatOverwritesLargeFilesOnly() {
        Place place = new Place(Set.of(Publisher.Way.IN_PARTS));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ExclusivityProbe.run(place, NAME))
                .withMessageContaining("large files");
    }

    @Test
    void takesAnotherFailureForWhatItIs() {
        Place place = new Place(Set.of());
        place.failure = new IOException("the line is cut");

        assertThatIOException()
                .isThrownBy(() -> ExclusivityProbe.run(place, NAME))
                .withMessageContaining("the line is cut");
    }

    /** Keeps names only. */
    private static final class Place implements Publisher {
        private final Set<Way> overwrites;
        private final Set<String> published = new TreeSet<>();
        private final List<String> pending = new ArrayList<>();
        private IOException failure;

        Place(Set<Way> overwrites) {
            this.overwrites = overwrites;
        }

        @Override
        public PendingUpload create(Path target, Way way) {
            pending.add(target.toString());
            return new PendingUpload(target.toString(), new Failures(new Configuration(false))) {
                @Override
                void write(byte[] bytes, int offset, int length) {}

                @Override
                void complete() throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    pending.remove(place());
                    if (!published.add(place()) && !overwrites.contains(way)) {
                        throw new FileAlreadyExistsException(place());
                    }
                }

                @Override
                void discard() {
                    pending.remove(place());
                }
            };
        }

        @Override
        public void delete(Path file) {
            published.remove(file.toString());
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
