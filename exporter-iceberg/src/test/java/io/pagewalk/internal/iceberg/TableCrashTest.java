package io.pagewalk.internal.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TablePosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/**
 * Runners die, and the catalog fails, at any operation, and others change the table meanwhile. Then each file was given to readers
 * exactly once, or it has stopped and said why.
 */
class TableCrashTest {
    private static final DirectoryLocation OUTPUT = new DirectoryLocation("file", "/data/out", false);
    private static final TableIdentifier ID = TableIdentifier.of("db", "orders");
    private static final long LAST = 6;
    private static final int MOST_ROUNDS = 400;
    private static final int MOST_ACTS = 15;
    private static final int MOST_FAULTS = 40;

    /** The process is gone. No exception of ours or of Iceberg's, so that nobody handles it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Simulation implements FaultyCatalog.Faults {
        private final Random random;
        private final FaultyCatalog fake = FaultyCatalog.empty();
        private final TableCatalog catalog = fake.open();
        private final boolean hostile;
        private final Set<String> removed = new HashSet<>();
        private int foreign;
        private long merged;
        private int faults;
        private int acts;

        Simulation(long seed) {
            random = new Random(seed);
            hostile = seed % 2 == 0;
        }

        @Override
        public void before(String operation) {
            if (acts < MOST_ACTS && random.nextInt(6) == 0) {
                acts++;
                fake.soundly(this::others);
            }
            fail(true);
        }

        @Override
        public void after(String operation) {
            fail(false);
        }

        private void fail(boolean before) {
            int what = faults < MOST_FAULTS ? random.nextInt(20) : MOST_FAULTS;
            if (what < 4) {
                faults++;
            }
            switch (what) {
                case 0 -> throw new Killed();
                case 1 -> throw new CommitStateUnknownException(new ServiceFailureException("lost"));
                case 2 -> throw new ServiceUnavailableException("busy");
                case 3 -> throw new CommitFailedException(before ? "conflict" : "conflict with itself");
                default -> {}
            }
        }

        private void others() {
            if (!fake.tableExists(ID)) {
                return;
            }
            Table raw = fake.loadTable(ID);
            switch (random.nextInt(hostile ? 6 : 3)) {
                case 0 -> append(raw);
                case 1 -> compact(raw);
                case 2 -> raw.updateProperties().set("comment", "c" + foreign++).commit();
                case 3 -> rollBack(raw);
                case 4 -> expire(raw);
                default -> removeOlderMetadata(raw);
            }
        }

        private void append(Table raw) {
            raw.newFastAppend()
                    .appendFile(DataFiles.builder(raw.spec())
                            .withPath("/elsewhere/" + foreign++ + ".parquet")
                            .withFileSizeInBytes(10)
                            .withRecordCount(1_000_000)
                            .build())
                    .commit();
        }

        /** Of files of one's own, some. */
        private void compact(Table raw) {
            List<DataFile> own = new ArrayList<>(own(raw));
            own.removeIf(file -> random.nextBoolean());
            if (own.isEmpty()) {
                return;
            }
            long records = own.stream().mapToLong(DataFile::recordCount).sum();
            RewriteFiles rewrite =
                    raw.newRewrite().validateFromSnapshot(raw.currentSnapshot().snapshotId());
            own.forEach(rewrite::deleteFile);
            rewrite.addFile(DataFiles.builder(raw.spec())
                    .withPath("file:///data/merged/" + foreign++ + ".parquet")
                    .withFileSizeInBytes(10)
                    .withRecordCount(records)
                    .build());
            rewrite.commit();
            merged++;
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
            TableOperations operations = TableLoader.operations(raw);
            for (TableMetadata.MetadataLogEntry previous : operations.current().previousFiles()) {
                if (removed.add(previous.file())) {
                    operations.io().deleteFile(previous.file());
                }
            }
        }

        /** Until it is level, or stops. */
        TablePosition run() {
            boolean reapply = false;
            String last = "";
            for (int round = 0; round < MOST_ROUNDS; round++) {
                try {
                    fake.fail(this);
                    PreparedTable prepared = catalog.prepare("db.orders", Shapes.plain(), OUTPUT);
                    FollowedTable table = catalog.open(Following.series(prepared, OUTPUT, false));
                    follow(table, reapply);
                    return table.position();
                } catch (Killed | ExportFailedException e) {
                    last = String.valueOf(e.getMessage());
                } catch (TableChangedException e) {
                    if (e.advice() != Advice.REAPPLY) {
                        throw e;
                    }
                    reapply = true;
                    last = e.getMessage();
                } finally {
                    fake.fail(new FaultyCatalog.Faults() {
                        @Override
                        public void before(String operation) {}

                        @Override
                        public void after(String operation) {}
                    });
                }
            }
            throw new AssertionError("not level after " + MOST_ROUNDS + " runs: " + last);
        }

        private void follow(FollowedTable table, boolean reapply) {
            TablePosition position = reapply ? table.positionOfReaders() : table.position();
            while (position.sequence() < LAST) {
                long next = Math.min(LAST, position.sequence() + 1 + random.nextInt(2));
                if (!table.append(Following.change(position.sequence(), next))) {
                    position = table.position();
                } else {
                    position = Following.at(next);
                }
            }
        }

        /** Data files that hold rows of the series. */
        Set<DataFile> own(Table raw) {
            Set<DataFile> own = new HashSet<>();
            try (CloseableIterable<FileScanTask> files = raw.newScan().planFiles()) {
                files.forEach(task -> {
                    if (task.file().location().startsWith("file:///data/")) {
                        own.add(task.file());
                    }
                });
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return own;
        }

        long records() {
            return StreamSupport.stream(own(fake.loadTable(ID)).spliterator(), false)
                    .mapToLong(DataFile::recordCount)
                    .sum();
        }
    }

    @Test
    void readersGetEachFileOnceOrItStopsAndSaysWhy() {
        long whole = LAST * 2 * Following.RECORDS;
        int level = 0;
        int stopped = 0;
        int merged = 0;
        int faults = 0;
        long first = Long.getLong("pagewalk.seed", System.nanoTime() % 1_000_000);
        // Few are brought to a stop, so it goes on until one was.
        for (long seed = first; seed < first + 40 || (stopped == 0 && seed < first + 400); seed++) {
            Simulation simulation = new Simulation(seed);
            try {
                assertThat(simulation.run()).as("seed %d", seed).isEqualTo(Following.at(LAST));
                assertThat(simulation.records()).as("records, seed %d", seed).isEqualTo(whole);
                level++;
            } catch (TableChangedException e) {
                assertThat(simulation.hostile)
                        .as("seed %d: %s", seed, e.getMessage())
                        .isTrue();
                assertThat(simulation.records()).as("records, seed %d", seed).isLessThanOrEqualTo(whole);
                stopped++;
            }
            merged += simulation.merged > 0 ? 1 : 0;
            faults += simulation.faults;
        }
        assertThat(level).as("level, from seed %d", first).isGreaterThan(20);
        assertThat(stopped).as("stopped, from seed %d", first).isPositive();
        assertThat(merged).as("merged, from seed %d", first).isPositive();
        assertThat(faults).as("faults, from seed %d", first).isGreaterThan(100);
    }
}
