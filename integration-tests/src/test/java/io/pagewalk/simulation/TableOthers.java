package io.pagewalk.simulation;

import io.pagewalk.internal.iceberg.FaultyCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;

/** What others do to tables, and what rows these have then: it knows from which files a compaction has made one. */
final class TableOthers {
    private static final String OWN = "simulated:///data/out/";
    private static final String MERGED = "file:///merged/";

    private final FaultyCatalog catalog;
    private final Random random;
    /** What is in a file that a compaction has made. */
    private final Map<String, List<String>> merged = new HashMap<>();

    private final Set<String> removed = new HashSet<>();
    private int made;

    TableOthers(FaultyCatalog catalog, Random random) {
        this.catalog = catalog;
        this.random = random;
    }

    /** How many compactions there were. */
    int compactions() {
        return merged.size();
    }

    /**
     * Does something to a table that has something of the export.
     *
     * @param hostile whether it may be what is not to be told from other things afterwards
     * @return whether there was one
     */
    boolean act(String table, boolean hostile) {
        TableIdentifier id = TableIdentifier.parse(table);
        if (!catalog.tableExists(id) || own(catalog.loadTable(id)).isEmpty()) {
            return false;
        }
        Table raw = catalog.loadTable(id);
        switch (random.nextInt(hostile ? 14 : 9)) {
            case 0, 1, 2 -> append(raw);
            case 3, 4, 5 -> compact(raw);
            case 6 -> raw.updateProperties().set("comment", "c" + made++).commit();
            case 7, 8 -> rollBack(raw);
            case 9, 10 -> expire(raw);
            case 11, 12 -> removeOlderMetadata(raw);
            default -> catalog.dropTable(id, false);
        }
        return true;
    }

    private void append(Table raw) {
        DataFiles.Builder file = DataFiles.builder(raw.spec())
                .withPath("/elsewhere/" + made++ + ".parquet")
                .withFileSizeInBytes(10)
                .withRecordCount(1);
        if (raw.spec().isPartitioned()) {
            file.withPartitionPath("dt=2020-01-01");
        }
        raw.newFastAppend().appendFile(file.build()).commit();
    }

    /** Puts some files of one partition into one. */
    private void compact(Table raw) {
        List<DataFile> some = new ArrayList<>(own(raw));
        some.removeIf(file -> random.nextBoolean());
        if (some.isEmpty()) {
            return;
        }
        DataFile first = some.get(0);
        some.removeIf(
                file -> file.specId() != first.specId() || !file.partition().equals(first.partition()));
        List<String> sources = new ArrayList<>();
        RewriteFiles rewrite =
                raw.newRewrite().validateFromSnapshot(raw.currentSnapshot().snapshotId());
        for (DataFile file : some) {
            sources.addAll(rows(file));
            rewrite.deleteFile(file);
        }
        String name = MERGED + made++ + ".parquet";
        merged.put(name, sources);
        rewrite.addFile(DataFiles.builder(raw.specs().get(first.specId()))
                        .withPath(name)
                        .withFileSizeInBytes(10)
                        .withRecordCount(1)
                        .withPartition(first.partition())
                        .build())
                .commit();
    }

    private void rollBack(Table raw) {
        List<Snapshot> all = new ArrayList<>();
        raw.snapshots().forEach(all::add);
        if (!all.isEmpty()) {
            raw.manageSnapshots()
                    .setCurrentSnapshot(all.get(random.nextInt(all.size())).snapshotId())
                    .commit();
        }
    }

    private void expire(Table raw) {
        if (raw.currentSnapshot() == null) {
            return;
        }
        raw.updateProperties().set("gc.enabled", "true").commit();
        raw.expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1 + random.nextInt(2))
                .cleanupLevel(ExpireSnapshots.CleanupLevel.NONE)
                .commit();
    }

    /** What tells of expired snapshots. */
    private void removeOlderMetadata(Table raw) {
        ((HasTableOperations) raw)
                .operations().current().previousFiles().stream()
                        .map(TableMetadata.MetadataLogEntry::file)
                        .filter(removed::add)
                        .forEach(raw.io()::deleteFile);
    }

    private static List<DataFile> own(Table raw) {
        List<DataFile> own = new ArrayList<>();
        try (CloseableIterable<FileScanTask> files = raw.newScan().planFiles()) {
            files.forEach(task -> {
                String place = task.file().location();
                if (!place.startsWith("/elsewhere/")) {
                    own.add(task.file());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Planning goes over manifests in parallel.
        own.sort((one, other) -> one.location().compareTo(other.location()));
        return own;
    }

    private List<String> rows(DataFile file) {
        String place = file.location();
        List<String> sources = merged.get(place);
        if (sources != null) {
            return sources;
        }
        if (!place.startsWith(OWN)) {
            throw new AssertionError(place);
        }
        return List.of(place.substring(OWN.length()));
    }

    /** The export's files whose rows readers see, each as often as they do; sorted. */
    List<String> seen(String table) {
        TableIdentifier id = TableIdentifier.parse(table);
        List<String> seen = new ArrayList<>();
        if (catalog.tableExists(id)) {
            own(catalog.loadTable(id)).forEach(file -> seen.addAll(rows(file)));
        }
        seen.sort(null);
        return seen;
    }
}
