package io.pagewalk.internal.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.table.FollowedSeries;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table promises that follows a series, whichever catalog it is in, and whatever others do with it. */
abstract class TableContractTest {
    static final TableIdentifier ID = TableIdentifier.of("db", "orders");
    static final DirectoryLocation OUTPUT = new DirectoryLocation("file", "/data/out", false);

    @TempDir
    private Path directory;

    /** A catalog without tables. */
    abstract Fixture fixture(Path directory);

    private Fixture fixture;
    private Catalog others;
    private TableCatalog catalog;
    private PreparedTable prepared;
    private FollowedTable table;

    @BeforeEach
    void follow() {
        fixture = fixture(directory);
        others = fixture.others();
        catalog = fixture.open();
        prepared = catalog.prepare("db.orders", Shapes.plain(), OUTPUT);
        table = reopen();
    }

    @AfterEach
    void close() {
        catalog.close();
        fixture.close();
    }

    /** As another runner, or this one after a crash, has it. */
    FollowedTable reopen() {
        return catalog.open(Following.series(prepared, OUTPUT, false));
    }

    Table raw() {
        return others.loadTable(ID);
    }

    private String property() {
        return raw().properties().get("pagewalk.0123456789abcdef.position");
    }

    void appendTo(long last) {
        for (long entry = table.position().sequence() + 1; entry <= last; entry++) {
            assertThat(table.append(Following.change(entry - 1, entry))).isTrue();
        }
    }

    private void assertLevel(FollowedTable of, long last) {
        assertThat(of.position()).isEqualTo(Following.at(last));
        assertThat(Following.seen(of)).isEqualTo(Following.names(last));
    }

    private void foreignAppend(String name) {
        Table raw = raw();
        raw.newFastAppend()
                .appendFile(DataFiles.builder(raw.spec())
                        .withPath("/elsewhere/" + name)
                        .withFileSizeInBytes(10)
                        .withRecordCount(1)
                        .build())
                .commit();
    }

    /** Puts all files into one, as Iceberg's own compaction does. */
    private void compact() {
        Table raw = raw();
        Set<DataFile> before = scanned().stream().map(FileScanTask::file).collect(Collectors.toSet());
        long records = before.stream().mapToLong(DataFile::recordCount).sum();
        RewriteFiles rewrite = raw.newRewrite();
        before.forEach(rewrite::deleteFile);
        rewrite.addFile(DataFiles.builder(raw.spec())
                        .withPath(raw.location() + "/data/compacted.parquet")
                        .withFileSizeInBytes(10)
                        .withRecordCount(records)
                        .build())
                .commit();
    }

    List<FileScanTask> scanned() {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> files =
                raw().newScan().includeColumnStats().planFiles()) {
            files.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    /** All but the current snapshot, although the table is made so that this is refused. */
    private void expireAllButCurrent() {
        raw().updateProperties().set("gc.enabled", "true").commit();
        raw().expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 60_000)
                .retainLast(1)
                .cleanupLevel(ExpireSnapshots.CleanupLevel.METADATA_ONLY)
                .commit();
        assertThat(raw().snapshots()).hasSize(1);
    }

    /** As tables do that keep few versions of their metadata. */
    private void removeOlderMetadata() {
        TableOperations operations = TableLoader.operations(raw());
        operations.current().previousFiles().forEach(previous -> operations.io().deleteFile(previous.file()));
    }

    private void rollBackTo(long entry) {
        Snapshot target = StreamSupport.stream(raw().snapshots().spliterator(), false)
                .filter(snapshot -> ("1:1:" + entry).equals(snapshot.summary().get("pagewalk.position")))
                .findFirst()
                .orElseThrow();
        raw().manageSnapshots().rollbackTo(target.snapshotId()).commit();
    }

    // ---- what is committed

    @Test
    void filesAndPositionComeTogether() {
        assertThat(table.position()).isEqualTo(TablePosition.NOTHING);
        assertThat(table.append(Following.change(0, 2))).isTrue();

        assertLevel(reopen(), 2);
        assertThat(property()).isEqualTo("1:1:2@1");
        assertThat(raw().snapshots()).hasSize(1);
        assertThat(raw().currentSnapshot().summary())
                .containsEntry("pagewalk.series", "0123456789abcdef")
                .containsEntry("pagewalk.position", "1:1:2")
                .containsEntry("pagewalk.export", "export-1")
                .containsEntry("pagewalk.topic", "orders")
                .containsEntry("pagewalk.pages", "2")
                .containsEntry("pagewalk.offsets", "0=[0,200),1=[0,200)")
                .containsEntry("added-data-files", "4")
                .containsEntry("added-records", "400");
    }

    @Test
    void offsetsOfVeryManyPartitionsAreLeftOut() {
        TableChange change = Following.change(0, 1);
        TreeMap<Integer, OffsetRange> offsets = new TreeMap<>();
        for (int partition = 0; partition <= 200; partition++) {
            offsets.put(partition, new OffsetRange(0, 10));
        }
        table.append(new TableChange(change.before(), change.after(), change.files(), 1, offsets));

        assertThat(raw().currentSnapshot().summary()).doesNotContainKey("pagewalk.offsets");
    }

    @Test
    void boundsComeFromTheLogByTheTablesIds() {
        table.append(Following.change(0, 1));

        Table raw = raw();
        DataFile file = scanned().stream()
                .map(FileScanTask::file)
                .filter(one -> one.location().contains("orders-1-"))
                .findFirst()
                .orElseThrow();
        assertThat(file.location())
                .isEqualTo("file:///data/out/" + Following.file(1, 1, null).name());
        assertThat(file.recordCount()).isEqualTo(100);
        assertThat(file.fileSizeInBytes()).isEqualTo(4001);
        assertThat(bounds(raw, file, "topic")).containsExactly("orders", "orders");
        assertThat(bounds(raw, file, "partition")).containsExactly(1, 1);
        assertThat(bounds(raw, file, "offset")).containsExactly(0L, 99L);
        assertThat(bounds(raw, file, "timestamp"))
                .containsExactly(Following.timestamp(0) * 1000, Following.timestamp(99) * 1000);
        int type = raw.schema().findField("timestampType").fieldId();
        assertThat(file.valueCounts()).containsEntry(type, 100L).hasSize(5);
        assertThat(file.nullValueCounts()).containsEntry(type, 0L).hasSize(5);
    }

    private static List<Object> bounds(Table table, DataFile file, String column) {
        Types.NestedField field = table.schema().findField(column);
        List<Object> bounds = new ArrayList<>();
        for (Map<Integer, ByteBuffer> side : List.of(file.lowerBounds(), file.upperBounds())) {
            Object value = Conversions.fromByteBuffer(field.type(), side.get(field.fieldId()));
            bounds.add(value instanceof CharSequence ? value.toString() : value);
        }
        return bounds;
    }

    @Test
    void aFilterOnOffsetsPlansOnlyTheFilesThatHaveThem() throws Exception {
        appendTo(3);
        try (CloseableIterable<FileScanTask> files = raw().newScan()
                .filter(Expressions.and(
                        Expressions.equal("partition", 0), Expressions.greaterThanOrEqual("offset", 200L)))
                .planFiles()) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aChangeThatDoesNotBeginWithThePositionChangesNothing() {
        appendTo(2);
        int snapshots = snapshots();

        assertThat(table.append(Following.change(1, 2))).isFalse();
        assertThat(table.append(Following.change(3, 4))).isFalse();
        assertThat(table.remove(Following.change(1, 2))).isFalse();

        assertThat(snapshots()).isEqualTo(snapshots);
        assertLevel(table, 2);
    }

    private int snapshots() {
        return (int)
                StreamSupport.stream(raw().snapshots().spliterator(), false).count();
    }

    @Test
    void theSecondOfTwoRunnersIsRefused() {
        FollowedTable rival = reopen();
        appendTo(1);
        assertThat(rival.position()).isEqualTo(Following.at(1));

        assertThat(rival.append(Following.change(1, 2))).isTrue();
        assertThat(table.append(Following.change(1, 3))).isFalse();

        assertLevel(table, 2);
        assertThat(table.append(Following.change(2, 3))).isTrue();
        assertLevel(rival, 3);
    }

    @Test
    void ofManyRunnersAtOnceOneBringsEachFile() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            FollowedTable runner = reopen();
            Thread thread = new Thread(() -> {
                for (long entry = runner.position().sequence();
                        entry < 6;
                        entry = runner.position().sequence()) {
                    runner.append(Following.change(entry, entry + 1));
                }
            });
            thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertLevel(table, 6);
    }

    @Test
    void aChangeWithoutFilesMovesThePositionOnce() {
        appendTo(1);
        TableChange empty = new TableChange(Following.at(1), Following.at(5), List.of(), 4, new TreeMap<>());

        assertThat(table.append(empty)).isTrue();
        assertThat(reopen().append(empty)).isFalse();

        assertThat(table.position()).isEqualTo(Following.at(5));
        assertThat(Following.seen(table)).isEqualTo(Following.names(1));
        assertThat(property()).isEqualTo("1:1:5@1");
    }

    @Test
    void twoSeriesInOneTableDoNotMindEachOther() {
        DirectoryLocation output = new DirectoryLocation("file", "/data/other", false);
        FollowedTable other = catalog.open(new FollowedSeries(
                prepared.name(), prepared.uuid(), "sha256:ffff", "export-2", "clicks", output, false));
        appendTo(2);
        assertThat(other.position()).isEqualTo(TablePosition.NOTHING);
        assertThat(other.append(Following.change(0, 1))).isTrue();
        appendTo(3);

        assertLevel(reopen(), 3);
        assertThat(other.position()).isEqualTo(Following.at(1));
        assertThat(other.files(name -> {})).isEqualTo(6);
    }

    // ---- others at the table

    @Test
    void foreignFilesInBetweenDoNotMatter() {
        appendTo(1);
        foreignAppend("a.parquet");
        appendTo(2);
        foreignAppend("b.parquet");

        assertLevel(reopen(), 2);
        assertThat(table.files(name -> {})).isEqualTo(2);
    }

    @Test
    void aCompactionInBetweenDoesNotMatter() {
        appendTo(2);
        compact();
        assertThat(reopen().position()).isEqualTo(Following.at(2));
        appendTo(3);

        assertThat(Following.seen(table)).hasSize(2);
        assertThat(table.files(name -> {})).isEqualTo(1);
        assertThat(scanned().stream()
                        .mapToLong(task -> task.file().recordCount())
                        .sum())
                .isEqualTo(600);
    }

    @Test
    void aSchemaThatOthersHaveChangedInBetweenDoesNotMatter() {
        appendTo(1);
        raw().updateSchema()
                .addColumn("note", Types.StringType.get())
                .renameColumn("value", "payload")
                .updateColumn("partition", Types.LongType.get())
                .deleteColumn("timestampType")
                .moveFirst("headers")
                .commit();
        appendTo(2);
        raw().updateSchema().deleteColumn("offset").commit();
        appendTo(3);

        assertLevel(reopen(), 3);
        Table raw = raw();
        DataFile second = scanned().stream()
                .map(FileScanTask::file)
                .filter(file ->
                        file.location().endsWith(Following.file(2, 1, null).name()))
                .findFirst()
                .orElseThrow();
        assertThat(bounds(raw, second, "partition")).containsExactly(1L, 1L);
        assertThat(bounds(raw, second, "timestamp"))
                .containsExactly(Following.timestamp(100) * 1000, Following.timestamp(199) * 1000);
    }

    @Test
    void aRollbackToBeforeARunWasRemovedIsOneThoughItLacksNoPage() {
        appendTo(3);
        table.remove(new TableChange(
                Following.at(3), new TablePosition(2, 1, 3), Following.files(1, null), 1, new TreeMap<>()));
        rollBackTo(3);

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("readers see a state from before runs up to 1 were removed from it")
                .satisfies(e -> assertThat(((TableChangedException) e).advice()).isEqualTo(Advice.REAPPLY));
        FollowedTable again = reopen();
        assertThat(again.positionOfReaders()).isEqualTo(Following.at(3));
        assertThat(again.append(new TableChange(Following.at(3), Following.at(3), List.of(), 0, new TreeMap<>())))
                .isTrue();
        assertLevel(reopen(), 3);
    }

    /** The files that it was given last are in it before and afterwards. */
    @Test
    void whenSnapshotsAreExpiredARollbackToBeforeARunWasRemovedIsNotTakenForNothing() {
        appendTo(3);
        table.remove(new TableChange(
                Following.at(3), new TablePosition(2, 1, 3), Following.files(1, null), 1, new TreeMap<>()));
        rollBackTo(3);
        foreignAppend("a.parquet");
        expireAllButCurrent();
        removeOlderMetadata();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .satisfies(e -> assertThat(((TableChangedException) e).advice()).isEqualTo(Advice.ACCEPT_THE_TABLE));
    }

    @Test
    void whenSnapshotsAreExpiredFilesThatCameAfterARunWasRemovedTell() {
        appendTo(3);
        TablePosition removed = new TablePosition(2, 1, 3);
        table.remove(new TableChange(Following.at(3), removed, Following.files(1, null), 1, new TreeMap<>()));
        TablePosition after = new TablePosition(2, 1, 4);
        assertThat(table.append(new TableChange(removed, after, Following.files(4, null), 1, new TreeMap<>())))
                .isTrue();
        foreignAppend("a.parquet");
        expireAllButCurrent();
        removeOlderMetadata();

        assertThat(reopen().position()).isEqualTo(after);
    }

    @Test
    void theTableIsMadeSoThatExpiryIsRefused() {
        appendTo(2);
        assertThatThrownBy(() -> raw().expireSnapshots()
                        .expireOlderThan(System.currentTimeMillis() + 60_000)
                        .commit())
                .hasMessageContaining("GC is disabled");
    }

    @Test
    void whenItsSnapshotsAreExpiredTheFilesTell() {
        appendTo(3);
        foreignAppend("a.parquet");
        expireAllButCurrent();
        removeOlderMetadata();

        assertLevel(reopen(), 3);
        appendTo(4);
        assertLevel(reopen(), 4);
    }

    @Test
    void whenItsSnapshotsAreExpiredAndItsFilesCompactedOlderMetadataTells() {
        appendTo(3);
        compact();
        foreignAppend("a.parquet");
        expireAllButCurrent();
        foreignAppend("b.parquet");
        expireAllButCurrent();

        assertThat(reopen().position()).isEqualTo(Following.at(3));
        assertThat(table.append(Following.change(3, 4))).isTrue();
        assertThat(reopen().position()).isEqualTo(Following.at(4));
        assertThat(Following.seen(table))
                .isEqualTo(
                        Following.files(4, null).stream().map(TableFile::name).toList());
    }

    @Test
    void olderMetadataTellsOfARollbackThatWasCompactedAndExpired() {
        appendTo(3);
        rollBackTo(1);
        compact();
        foreignAppend("a.parquet");
        expireAllButCurrent();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("was rolled back");
        assertThat(reopen().positionOfReaders()).isEqualTo(Following.at(1));
    }

    @Test
    void whenItsSnapshotsAreExpiredAndItsFilesCompactedItMayHaveBeenRolledBackBefore() {
        appendTo(3);
        compact();
        expireAllButCurrent();
        removeOlderMetadata();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("a compaction has merged them with others, or the table was rolled back before");
    }

    @Test
    void whenNothingTellsAnyMoreSomebodyDecides() {
        appendTo(3);
        compact();
        foreignAppend("a.parquet");
        expireAllButCurrent();
        removeOlderMetadata();

        for (Runnable question : List.<Runnable>of(table::position, table::positionOfReaders)) {
            assertThatThrownBy(question::run)
                    .isInstanceOf(TableChangedException.class)
                    .hasMessageContaining(
                            "the iceberg table db.orders does not tell whether it has the export up to entry 1:3")
                    .satisfies(e ->
                            assertThat(((TableChangedException) e).advice()).isEqualTo(Advice.ACCEPT_THE_TABLE));
        }
        assertThatThrownBy(() -> table.append(Following.change(3, 4))).isInstanceOf(TableChangedException.class);

        assertThat(table.accept()).isEqualTo(Following.at(3));
        assertThat(reopen().position()).isEqualTo(Following.at(3));
        assertThat(table.append(Following.change(3, 4))).isTrue();
        assertThat(reopen().position()).isEqualTo(Following.at(4));
    }

    @Test
    void nothingIsAcceptedWhereTheTableTells() {
        appendTo(3);
        long snapshot = raw().currentSnapshot().snapshotId();

        assertThat(reopen().accept()).isEqualTo(Following.at(3));

        assertThat(raw().currentSnapshot().snapshotId()).isEqualTo(snapshot);
        rollBackTo(1);
        assertThatThrownBy(() -> reopen().accept())
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("was rolled back");
        assertThat(raw().currentSnapshot().sequenceNumber()).isEqualTo(1);
    }

    @Test
    void aRollbackStopsItUntilItIsReapplied() {
        appendTo(3);
        rollBackTo(1);

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining(
                        "was rolled back: it was given the export up to entry 1:3, and readers see a state with entry 1:1")
                .satisfies(e -> assertThat(((TableChangedException) e).advice()).isEqualTo(Advice.REAPPLY));
        assertThatThrownBy(() -> reopen().append(Following.change(3, 4))).isInstanceOf(TableChangedException.class);
        assertThatThrownBy(() -> reopen().append(Following.change(1, 2))).isInstanceOf(TableChangedException.class);

        FollowedTable again = reopen();
        assertThat(again.positionOfReaders()).isEqualTo(Following.at(1));
        assertThat(again.append(Following.change(1, 2))).isTrue();
        assertThat(reopen().position()).isEqualTo(Following.at(2));
        assertThat(again.append(Following.change(2, 3))).isTrue();
        assertLevel(reopen(), 3);
    }

    @Test
    void aRollbackToBeforeItFollowedIsOne() {
        foreignAppend("a.parquet");
        long before = raw().currentSnapshot().snapshotId();
        appendTo(2);
        raw().manageSnapshots().rollbackTo(before).commit();
        foreignAppend("b.parquet");

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("readers see a state with nothing of it");
        FollowedTable again = reopen();
        assertThat(again.positionOfReaders()).isEqualTo(TablePosition.NOTHING);
        assertThat(again.append(Following.change(0, 2))).isTrue();
        assertLevel(reopen(), 2);
    }

    @Test
    void aRollbackIsSeenAlsoWhenWhatWasRolledBackIsExpired() {
        appendTo(3);
        rollBackTo(1);
        expireAllButCurrent();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("was rolled back");
        assertThat(reopen().positionOfReaders()).isEqualTo(Following.at(1));
    }

    @Test
    void aRollbackToASnapshotOfOthersIsSeenAlsoWhenThoseBeforeAreExpired() {
        appendTo(1);
        foreignAppend("a.parquet");
        long others = raw().currentSnapshot().snapshotId();
        appendTo(3);
        raw().manageSnapshots().rollbackTo(others).commit();
        expireAllButCurrent();
        removeOlderMetadata();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("was rolled back: it was given the export up to entry 1:3, and how much of it"
                        + " readers see is not known")
                .satisfies(e -> assertThat(((TableChangedException) e).advice()).isEqualTo(Advice.DETACH_THE_TABLE));
        assertThatThrownBy(reopen()::positionOfReaders).isInstanceOf(TableChangedException.class);
    }

    @Test
    void whatSomebodyHasBroughtBackIsNotAddedTwice() {
        appendTo(2);
        Snapshot second = raw().currentSnapshot();
        rollBackTo(1);
        foreignAppend("a.parquet");
        raw().manageSnapshots().cherrypick(second.snapshotId()).commit();

        FollowedTable again = reopen();
        TablePosition position = again.positionOfReaders();
        if (position.equals(Following.at(1))) {
            assertThatThrownBy(() -> again.append(Following.change(1, 2)))
                    .isInstanceOf(TableChangedException.class)
                    .hasMessageContaining("was rolled back, but has files that were to be added again");
        }
        assertThat(Following.seen(table)).isEqualTo(Following.names(2));
    }

    @Test
    void withoutThePropertyTheSnapshotsTell() {
        appendTo(2);
        raw().updateProperties().remove("pagewalk.0123456789abcdef.position").commit();
        assertLevel(reopen(), 2);
        appendTo(3);
        assertThat(property()).startsWith("1:1:3@");
    }

    @Test
    void aPropertyThatSaysLessIsNotBelieved() {
        appendTo(2);
        raw().updateProperties()
                .set("pagewalk.0123456789abcdef.position", "1:1:1@1")
                .commit();
        assertLevel(reopen(), 2);
    }

    @Test
    void aPropertyThatSomebodyWroteStopsIt() {
        appendTo(2);
        raw().updateProperties()
                .set("pagewalk.0123456789abcdef.position", "two")
                .commit();
        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("is not as Pagewalk writes it");
    }

    @Test
    void filesOfTheExportThatNoPositionTellsOfStopIt() {
        appendTo(2);
        raw().updateProperties().remove("pagewalk.0123456789abcdef.position").commit();
        foreignAppend("a.parquet");
        expireAllButCurrent();
        removeOlderMetadata();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("has files of the export, such as orders-");
    }

    @Test
    void aDroppedTableStopsIt() {
        appendTo(1);
        others.dropTable(ID, false);

        for (Runnable call : List.<Runnable>of(
                table::position,
                table::positionOfReaders,
                () -> table.append(Following.change(1, 2)),
                () -> table.files(name -> {}))) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(TableChangedException.class)
                    .hasMessageContaining("the iceberg table db.orders is gone")
                    .satisfies(e ->
                            assertThat(((TableChangedException) e).advice()).isEqualTo(Advice.DETACH_THE_TABLE));
        }
        table.detach();
    }

    @Test
    void aTableThatWasMadeAnewStopsIt() {
        appendTo(1);
        others.dropTable(ID, false);
        PreparedTable other = catalog.prepare("db.orders", Shapes.plain(), OUTPUT);
        assertThat(other.uuid()).isNotEqualTo(prepared.uuid());

        assertThatThrownBy(() -> table.append(Following.change(0, 1)))
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("was dropped and made anew");
        table.detach();
        assertThat(raw().currentSnapshot()).isNull();
    }

    @Test
    void aTableThatWasReplacedIsRolledBack() {
        appendTo(2);
        others.newReplaceTableTransaction(ID, raw().schema(), false).commitTransaction();

        assertThatThrownBy(reopen()::position)
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("was rolled back");
    }

    @Test
    void aTableThatIsPartitionedOtherwiseByNowStillTakesFiles() {
        appendTo(1);
        raw().updateSpec().addField(Expressions.bucket("offset", 4)).commit();
        appendTo(2);
        assertLevel(reopen(), 2);
    }

    // ---- removing and ending

    @Test
    void removedFilesAreGoneAndTheFirstRunIsAnother() {
        appendTo(3);
        TablePosition after = new TablePosition(2, 1, 3);
        TableChange change = new TableChange(Following.at(3), after, Following.files(2, null), 1, new TreeMap<>());

        assertThat(table.remove(change)).isTrue();
        assertThat(table.remove(change)).isFalse();

        assertThat(reopen().position()).isEqualTo(after);
        List<String> left = new ArrayList<>(Following.names(3));
        Following.files(2, null).forEach(file -> left.remove(file.name()));
        assertThat(Following.seen(table)).isEqualTo(left);
        assertThat(raw().currentSnapshot().operation()).isEqualTo("delete");
        assertThat(raw().currentSnapshot().summary()).containsEntry("deleted-data-files", "2");
    }

    @Test
    void whatACompactionHasMergedIsNotRemoved() {
        appendTo(2);
        compact();
        appendTo(3);
        TableChange change = new TableChange(
                Following.at(3), new TablePosition(2, 1, 3), Following.files(2, null), 1, new TreeMap<>());

        assertThatThrownBy(() -> table.remove(change))
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("a compaction has merged it");
        assertThat(table.position()).isEqualTo(Following.at(3));
    }

    @Test
    void detachingTakesThePropertyAway() {
        appendTo(2);
        table.detach();
        assertThat(property()).isNull();
        assertThat(Following.seen(table)).isEqualTo(Following.names(2));
        table.detach();
        assertThat(snapshots()).isEqualTo(2);
    }

    // ---- dates

    @Test
    void filesOfADateAreInItsPartition() throws Exception {
        PreparedTable dated = catalog.prepare("db.daily", Shapes.dated(), OUTPUT);
        FollowedTable daily = catalog.open(Following.series(dated, OUTPUT, true));
        LocalDate first = LocalDate.of(2026, 9, 21);
        assertThat(daily.append(Following.change(Following.at(0), Following.at(1), first)))
                .isTrue();
        assertThat(daily.append(Following.change(Following.at(1), Following.at(2), first.plusDays(1))))
                .isTrue();

        Table raw = others.loadTable(TableIdentifier.of("db", "daily"));
        assertThat(raw.spec().fields()).hasSize(1);
        try (CloseableIterable<FileScanTask> files =
                raw.newScan().filter(Expressions.equal("dt", "2026-09-22")).planFiles()) {
            List<String> names = new ArrayList<>();
            files.forEach(task -> names.add(task.file().location()));
            assertThat(names).hasSize(2).allMatch(name -> name.contains("/dt=2026-09-22/"));
        }
        assertThat(daily.position()).isEqualTo(Following.at(2));
    }

    // ---- cost

    @Test
    void manyCommitsLeaveFewManifests() {
        raw().updateProperties().set("commit.manifest.min-count-to-merge", "10").commit();
        appendTo(25);
        assertThat(raw().currentSnapshot().dataManifests(raw().io())).hasSizeLessThan(10);
        assertLevel(reopen(), 25);
    }
}
