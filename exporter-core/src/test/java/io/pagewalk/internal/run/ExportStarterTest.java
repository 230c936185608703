package io.pagewalk.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.InMemoryCheckpointStore;
import io.pagewalk.internal.log.InMemoryCheckpointStores;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Origin;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Direction;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.Size;
import io.pagewalk.plan.TopicFacts.Retention;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportStarterTest {
    private static final String CLAIM = "_pagewalk/topic=orders/claim-1.json";
    private static final String DATA_FILE = nameOf("orders", 1);

    private static final Claim CLAIMED = new Claim("export", 1, "");

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();
    private final InMemoryStorage output = location.open("run");
    private final InMemoryCheckpointStore store = new InMemoryCheckpointStore();
    private final InMemoryCheckpointStores stores = new InMemoryCheckpointStores(store);
    private int freezes;

    @Test
    void freezesThenClaimsTheOutputThenBeginsTheLog() {
        store.appending = sequence -> assertThat(location.files()).containsOnlyKeys(CLAIM);

        ExportState state = starter("export", Entries.ORIGIN)
                .resumeOrStart(options(), () -> {
                    assertThat(location.files()).isEmpty();
                    return freeze();
                })
                .orElseThrow()
                .state();

        assertThat(store.entries).hasSize(1);
        assertThat(state.start().extent()).isEqualTo(plan().extent());
        assertThat(state.start().options()).isEqualTo(PinnedOptions.of(plan()));
        assertThat(state.start().frozenAt()).isEqualTo(Entries.NOON);
        assertThat(state.next()).isEqualTo(plan().token());
    }

    @Test
    void resumesWithoutAnotherFreeze() {
        ExportState begun = begin("export");

        ExportState resumed = begin("export");

        assertThat(resumed).isEqualTo(begun);
        assertThat(freezes).isOne();
    }

    @Test
    void resumesThoughThereAreDataFiles() throws IOException {
        begin("export");
        publish(DATA_FILE);

        assertThat(begin("export").last().sequence()).isZero();
    }

    @Test
    void beginsAgainBehindACrashBetweenClaimAndLog() {
        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> starter("export", Entries.ORIGIN).resumeOrStart(options(), () -> {
                    throw new ExportFailedException("broker unreachable");
                }));
        assertThat(store.entries).isEmpty();

        begin("export");

        assertThat(store.entries).hasSize(1);
    }

    @Test
    void refusesOtherOptionsAndListsThem() {
        begin("export");
        Map<String, String> other = new HashMap<>(options());
        other.put("direction", "desc");
        other.put("compression", "gzip");

        assertRefused(
                () -> starter("export", Entries.ORIGIN).resumeOrStart(other, this::freeze),
                "export export was started with other options, which it keeps: direction desc (the export has asc),"
                        + " compression gzip (the export has zstd); leave them out,"
                        + " or start a new export into another output");
    }

    @Test
    void refusesTheOutputOfAnotherExport() {
        begin("export");
        store.entries.clear();

        assertRefused(
                () -> begin("second"),
                "topic orders in memory belongs to export export: use another output, or go on with that one;"
                        + " name the export by its id");
        assertThat(freezes).isOne();
    }

    @Test
    void namesTheCheckpointsOfTheExportThatHasTheOutput() throws IOException {
        new Claim("export", 1, "file:///logs").publish(output, "orders");

        assertRefused(
                () -> begin("export"),
                "topic orders in memory belongs to export export, whose log is in file:///logs:"
                        + " use another output, or go on with that one; name the export by its id, and where its log"
                        + " is");
    }

    @Test
    void refusesDataFilesThatNoLogCovers() throws IOException {
        publish(DATA_FILE);

        assertRefused(
                () -> begin("export"),
                "memory already holds " + DATA_FILE + ", which no export's log there covers: use an empty output,"
                        + " or move the files of topic orders away");
        assertThat(location.files()).containsOnlyKeys(DATA_FILE);
    }

    @Test
    void pinsHowItsFilesAreCalled() {
        FileNaming naming = begin("export").start().naming();

        assertThat(naming.generation()).isOne();
        assertThat(naming.extension()).isEqualTo(".parquet");
        assertThat(naming).isEqualTo(FileShape.naming(1, plan().extent(), PinnedOptions.of(plan()), null, null));
    }

    @Test
    void keepsTheNamesItPinnedThoughThisBuildWouldCallThemOtherwise() throws IOException {
        begin("export");
        String entry = new String(store.entries.get(0), UTF_8);
        String digest = begin("export").start().naming().digest();
        store.entries.set(0, Entries.sealedAnew(entry.replace(digest, "abcdefabcdef")));

        assertThat(begin("export").start().naming().digest()).isEqualTo("abcdefabcdef");
    }

    @Test
    void beginsTheGenerationAfterTheOneThatWasDeleted() throws IOException {
        deletion(1, null).publish(output, "orders");

        ExportState state = starter("export", Entries.ORIGIN, 2)
                .resumeOrStart(options(), this::freeze)
                .orElseThrow()
                .state();

        assertThat(state.start().naming().generation()).isEqualTo(2);
        assertThat(location.files()).containsKey("_pagewalk/topic=orders/claim-2.json");
    }

    @Test
    void doesNotBeginInAGenerationThatIsDeletedMeanwhile() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> starter("export", Entries.ORIGIN).resumeOrStart(options(), () -> {
                    publishDeletion();
                    return freeze();
                }))
                .withMessageContaining("was deleted while this run was at work");

        assertThat(store.entries).isEmpty();
        assertThat(location.files()).containsOnlyKeys("_pagewalk/topic=orders/deleted-1.json");
    }

    /** The claim that it tries the storage with finds its name free, as the first one did. */
    @Test
    void takesBackTheClaimThatItTriesTheStorageWithIfADeletionCameInBetween() {
        output.inject(new Faults() {
            private int claims;

            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.CREATE && name.equals(CLAIM) && ++claims == 2) {
                    publishDeletion();
                    output.delete(CLAIM);
                }
            }
        });

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> begin("export"))
                .withMessageContaining("was deleted while this run was at work");

        assertThat(location.files()).containsOnlyKeys("_pagewalk/topic=orders/deleted-1.json");
    }

    @Test
    void doesNotGoOnInAGenerationThatWasDeleted() throws IOException {
        begin("export");
        publishDeletion();

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> begin("export"))
                .withMessageContaining("was deleted while this run was at work");
    }

    @Test
    void beginsBesideAFileThatADeletedGenerationHadNotCommitted() throws IOException {
        PageToken left = plan().token();
        deletion(1, left).publish(output, "orders");
        publish(DATA_FILE);

        assertThat(starter("export", Entries.ORIGIN, 2)
                        .resumeOrStart(options(), this::freeze)
                        .orElseThrow()
                        .state()
                        .last()
                        .sequence())
                .isZero();
    }

    @Test
    void refusesToBeginBesideAFileThatADeletedGenerationMayHaveCommitted() throws IOException {
        deletion(1, null).publish(output, "orders");
        publish(DATA_FILE);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> starter("export", Entries.ORIGIN, 2).resumeOrStart(options(), this::freeze))
                .withMessageContaining("memory already holds " + DATA_FILE);
    }

    private void publishDeletion() {
        try {
            deletion(1, null).publish(output, "orders");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeletionRecord deletion(int generation, @Nullable PageToken next) {
        return new DeletionRecord(generation, "export", Entries.NAMING.digest(), null, next);
    }

    private static String nameOf(String topic, int generation) {
        Slice slice = new Slice(new TopicPartition(topic, 0), new OffsetRange(0, 5));
        return new FileNaming(generation, Entries.NAMING.digest(), ".parquet").nameOf(slice);
    }

    @Test
    void sharesTheOutputWithOtherTopicsAndOtherFiles() throws IOException {
        publish(nameOf("orders-eu", 1));
        publish(nameOf("orders-0", 1));
        publish("orders-0-notes.txt");
        new Claim("other", 1, "").publish(output, "orders-eu");

        assertThat(begin("export").last().sequence()).isZero();
    }

    @Test
    void refusesALogWhoseOutputIsAnother() {
        begin("export");
        ExportStarter elsewhere = new ExportStarter(
                new InMemoryStorage.Location().open("run"),
                logs("export", Entries.ORIGIN),
                "orders",
                CLAIMED,
                false,
                () -> null,
                KnownPlace.unknown());

        assertRefused(
                () -> elsewhere.resumeOrStart(options(), this::freeze),
                "export export has its checkpoints in memory, but memory has no claim of it: give the output it was"
                        + " started with, or remove the checkpoints to start anew");
    }

    @Test
    void refusesTheLogOfAnotherTopic() {
        begin("export");
        ExportStarter invoices = new ExportStarter(
                output, logs("export", Entries.ORIGIN), "invoices", CLAIMED, false, () -> null, KnownPlace.unknown());

        assertRefused(
                () -> invoices.resumeOrStart(options(), this::freeze),
                "export export in memory is of topic orders, not invoices: that one needs an id of its"
                        + " own; name the export by its id");
    }

    @Test
    void isFencedByARunThatBeginsTheSameExportDuringTheFreeze() {
        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> starter("export", Entries.ORIGIN).resumeOrStart(options(), () -> {
                    starter("export", Entries.RIVAL).resumeOrStart(options(), this::freeze);
                    return freeze();
                }))
                .withMessageContaining("process 22 on host-2");
        assertThat(store.entries).hasSize(1);
    }

    @Test
    void isFencedByARunThatHasBegunAndWrittenAlready() {
        output.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.LIST) {
                    output.inject(Faults.NONE);
                    starter("export", Entries.RIVAL).resumeOrStart(options(), ExportStarterTest.this::freeze);
                    publish(DATA_FILE);
                }
            }
        });

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> begin("export"))
                .withMessageContaining("process 22 on host-2");
    }

    @Test
    void refusesTheOutputThatAnotherExportClaimsAtTheSameTime() {
        output.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.CREATE) {
                    output.inject(Faults.NONE);
                    new Claim("rival", 1, "").publish(output, "orders");
                }
            }
        });

        assertRefused(
                () -> begin("export"),
                "topic orders in memory belongs to export rival: use another output, or go on with that one;"
                        + " name the export by its id");
        assertThat(store.entries).isEmpty();
    }

    @Test
    void refusesAnOutputThatLacksWhatItsLogHasCommitted() throws IOException {
        begin("export");
        CheckpointLog log = logs("export", Entries.ORIGIN).of(1);
        log.load();
        Checkpoint.PageCommit page = Entries.pageCommit();
        log.append(page);
        String first = page.files().get(0).name();

        assertRefused(
                () -> begin("export"),
                "export export has committed " + first + " (page 1), but it is not in memory: give the output it was"
                        + " started with, or put its files back");

        publish(first);
        assertThat(begin("export").lastPage()).isEqualTo(page);
    }

    @Test
    void refusesALogThatDoesNotTakeTheLargestEntryBeforeAnythingIsClaimed() {
        store.room = 100;

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> begin("export"))
                .withMessageContaining("entries may come to");
        assertThat(location.files()).isEmpty();
        assertThat(store.entries).isEmpty();
    }

    @Test
    void refusesToResumeWithALogThatTakesLessThanItDid() {
        begin("export");
        store.room = 100;
        store.takingOver = () -> {
            throw new AssertionError("took over for nothing");
        };

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> begin("export"))
                .withMessageContaining("entries may come to");
    }

    @Test
    void goesOnBehindWhatARivalCommittedUntilTheLogWasTakenOver() throws IOException {
        begin("export");
        Checkpoint.PageCommit page = Entries.pageCommit();
        publish(page.files().get(0).name());
        store.takingOver = () -> {
            store.takingOver = () -> {};
            CheckpointLog rival = logs("export", Entries.RIVAL).of(1);
            rival.load();
            rival.append(page);
        };

        ExportState state = begin("export");

        assertThat(state.lastPage()).isEqualTo(page);
    }

    @Test
    void goesOnWithTheExportThatARivalBeganUntilTheLogWasTakenOver() {
        store.takingOver = () -> {
            store.takingOver = null;
            starter("export", Entries.RIVAL).resumeOrStart(options(), this::freeze);
        };

        ExportState state = begin("export");

        assertThat(state.last().origin()).isEqualTo(Entries.RIVAL);
        assertThat(store.entries).hasSize(1);
    }

    @Test
    void takesNothingOverIfItRefusesOrHasNothingToDo() {
        begin("export");
        store.takingOver = () -> {
            throw new AssertionError("took over for nothing");
        };
        Map<String, String> other = new HashMap<>(options());
        other.put("direction", "desc");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> starter("export", Entries.ORIGIN).resumeOrStart(other, this::freeze));
        CheckpointLog log = logs("export", Entries.ORIGIN).of(1);
        log.load();
        log.append(Entries.complete(13));
        assertThat(begin("export").isComplete()).isTrue();
    }

    @Test
    void beginsTheNextRunAfterTheLastEntryOfTheOneBefore() {
        BegunRun done = complete();

        BegunRun next =
                starter("export", Entries.ORIGIN).startNext(done, nextPlan()).orElseThrow();

        assertThat(next.fresh()).isTrue();
        assertThat(next.state().series().number()).isEqualTo(2);
        assertThat(next.state().series().after()).isEqualTo(done.log().lastEntry());
        assertThat(next.state().series().before()).isEqualTo(done.state().totals());
        assertThat(next.state().start().naming()).isEqualTo(done.state().start().naming());
        assertThat(starter("export", Entries.ORIGIN)
                        .resumeOrStart(options(), this::freeze)
                        .orElseThrow()
                        .state())
                .isEqualTo(next.state());
    }

    @Test
    void isFencedByARivalThatBeginsTheNextRunFirst() {
        BegunRun done = complete();
        BegunRun rival =
                starter("export", Entries.RIVAL).startNext(done, nextPlan()).orElseThrow();

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> starter("export", Entries.ORIGIN).startNext(done, nextPlan()))
                .withMessageContaining("another run was faster, checkpoint 0 was written by " + Entries.RIVAL);

        assertThat(logs("export", Entries.ORIGIN).last().orElseThrow().state()).isEqualTo(rival.state());
    }

    /** Where the store knows owners, others may have gone on until the moment in which a run becomes the owner. */
    @Test
    void looksAgainWhereOthersHaveGoneOnUntilTheLogWasTakenOver() {
        BegunRun done = complete();
        InMemoryCheckpointStore second = (InMemoryCheckpointStore) stores.of(2);
        second.takingOver = () -> {
            second.takingOver = () -> {};
            starter("export", Entries.RIVAL).startNext(done, nextPlan());
        };

        assertThat(starter("export", Entries.ORIGIN).startNext(done, nextPlan()))
                .isEmpty();

        assertThat(second.entries).hasSize(1);
    }

    private BegunRun complete() {
        begin("export");
        CheckpointLog log = logs("export", Entries.ORIGIN).of(1);
        log.load();
        log.append(Entries.complete(13));
        return starter("export", Entries.ORIGIN)
                .resumeOrStart(options(), this::freeze)
                .orElseThrow();
    }

    private static ExportPlan nextPlan() {
        ExportPlan like = plan();
        NextRun next =
                new NextRun(2, new TreeMap<>(), List.of(), new HeadRoom(Entries.NOON, new Retention(-1, -1), null, 0));
        return new ExportPlan(
                like.request(),
                like.extent(),
                like.token(),
                like.formats(),
                like.frozenAt(),
                like.partitions(),
                like.sample(),
                like.compaction(),
                like.unordered(),
                null,
                next,
                null,
                null);
    }

    @Test
    void leavesNothingBehindIfTheTopicCannotBePlanned() {
        assertRefused(
                () -> starter("export", Entries.ORIGIN).resumeOrStart(options(), () -> {
                    throw new UsageException("no such topic");
                }),
                "no such topic");
        assertThat(location.files()).isEmpty();
        assertThat(store.entries).isEmpty();
    }

    @Test
    void saysWhichOutputFails() {
        output.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                throw new IOException("stale handle");
            }
        });

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> begin("export"))
                .withMessage("cannot use the output memory: stale handle; fix that and run again");
    }

    private static void assertRefused(Supplier<?> start, String message) {
        assertThatExceptionOfType(UsageException.class).isThrownBy(start::get).withMessage(message);
    }

    private ExportState begin(String exportId) {
        return starter(exportId, Entries.ORIGIN)
                .resumeOrStart(options(), this::freeze)
                .orElseThrow()
                .state();
    }

    private ExportStarter starter(String exportId, Origin origin) {
        return starter(exportId, origin, 1);
    }

    private ExportStarter starter(String exportId, Origin origin, int generation) {
        return new ExportStarter(
                output,
                logs(exportId, origin),
                "orders",
                new Claim(exportId, generation, ""),
                false,
                () -> null,
                KnownPlace.unknown());
    }

    private RunLogs logs(String exportId, Origin origin) {
        return new RunLogs(stores, exportId, origin, Entries.CLOCK, null);
    }

    private void publish(String name) throws IOException {
        try (Storage.PendingFile file = output.create(name)) {
            file.stream().write(name.getBytes(UTF_8));
            file.publish();
        }
    }

    private Optional<ExportPlan> freeze() {
        freezes++;
        return Optional.of(plan());
    }

    private static Map<String, String> options() {
        return plan().request().toOptions();
    }

    private static ExportPlan plan() {
        ExportSpec request = new ExportSpec(
                "orders",
                new OffsetBound.Earliest(),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                Size.records(10),
                Size.records(5),
                null,
                null,
                null,
                Map.of("format", "parquet", "compression", "zstd", "extension", ".parquet"),
                null,
                ExportSpec.UTC,
                null);
        Checkpoint.Start start = Entries.start();
        return new ExportPlan(
                request,
                start.extent(),
                start.next(),
                new PayloadFormats(PayloadFormat.STRING, PayloadFormat.JSON, PayloadFormat.BYTES),
                Entries.NOON,
                List.of(),
                new ExportPlan.Sample(1, 1),
                Compaction.NO);
    }
}
