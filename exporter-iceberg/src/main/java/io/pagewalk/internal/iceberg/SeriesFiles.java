package io.pagewalk.internal.iceberg;

import io.pagewalk.model.DataFileName;
import io.pagewalk.table.FollowedSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** The data files that readers of one state of a table see, one manifest after the other. */
final class SeriesFiles {
    private static final List<String> COLUMNS = List.of("file_path", "partition", "record_count", "file_size_in_bytes");

    private final TableMetadata metadata;
    private final FileIO io;
    private final FollowedSeries series;

    SeriesFiles(TableMetadata metadata, FileIO io, FollowedSeries series) {
        this.metadata = metadata;
        this.io = io;
        this.series = series;
    }

    /** Shows each, until one is enough. What is shown is of use only then. */
    void each(Predicate<DataFile> enough) {
        each(manifest -> true, enough);
    }

    private void each(Predicate<ManifestFile> wanted, Predicate<DataFile> enough) {
        Snapshot snapshot = metadata.currentSnapshot();
        if (snapshot == null) {
            return;
        }
        for (ManifestFile manifest : snapshot.dataManifests(io)) {
            if (wanted.test(manifest) && inManifest(manifest, enough)) {
                return;
            }
        }
    }

    private boolean inManifest(ManifestFile manifest, Predicate<DataFile> enough) {
        try (ManifestReader<DataFile> reader =
                        ManifestFiles.read(manifest, io, metadata.specsById()).select(COLUMNS);
                CloseableIterator<DataFile> files = reader.iterator()) {
            while (files.hasNext()) {
                if (enough.test(files.next())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's name within the series' output; null if it is elsewhere. */
    @Nullable
    String nameOf(DataFile file) {
        return StorePaths.relative(file.location(), series.output().text());
    }

    /** Some file of the series' topic in its output, or null. */
    @Nullable
    String anyOfTopic() {
        String[] found = new String[1];
        each(file -> {
            String name = nameOf(file);
            if (name != null
                    && DataFileName.ofPath(name)
                            .filter(parsed -> parsed.isOfTopic(series.topic()))
                            .isPresent()) {
                found[0] = name;
            }
            return found[0] != null;
        });
        return found[0];
    }

    /** Whether one is left of those that a snapshot brought; rewritten manifests still tell. */
    boolean hasAnyOf(long sequenceNumber) {
        boolean[] found = new boolean[1];
        each(
                manifest ->
                        manifest.minSequenceNumber() <= sequenceNumber && sequenceNumber <= manifest.sequenceNumber(),
                file -> {
                    Long number = file.fileSequenceNumber();
                    found[0] = number != null && number == sequenceNumber && nameOf(file) != null;
                    return found[0];
                });
        return found[0];
    }

    /** Those of some names that are there, by name. */
    Map<String, DataFile> find(Set<String> names) {
        Map<String, DataFile> found = new HashMap<>();
        if (!names.isEmpty()) {
            each(file -> {
                String name = nameOf(file);
                if (name != null && names.contains(name)) {
                    found.put(name, file.copyWithoutStats());
                }
                return false;
            });
        }
        return found;
    }
}
