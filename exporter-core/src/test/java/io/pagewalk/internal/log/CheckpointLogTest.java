package io.pagewalk.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.DeletionRecord;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.MetSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class CheckpointLogTest {
    private static final Checkpoint.Complete COMPLETE = Entries.complete(13);

    private final InMemoryCheckpointStore store = new InMemoryCheckpointStore();
    private final CheckpointLog log = log(Entries.ORIGIN);

    @Test
    void isEmptyBeforeItsFirstEntry() {
        assertThat(log.load()).isEmpty();
    }

    @Test
    void loadsTheFirstAndTheLastEntry() {
        log.append(Entries.start());
        Checkpoint page = log.append(Entries.pageCommit());

        ExportState state = log(Entries.RIVAL).load().orElseThrow();

        assertThat(state.start()).isEqualTo(Entries.start());
        assertThat(state.last()).isEqualTo(page);
        assertThat(state.next()).isEqualTo(Entries.pageCommit().next());
        assertThat(state.totals()).isEqualTo(Entries.pageCommit().totals());
        assertThat(state.isComplete()).isFalse();
    }

    @Test
    void goesOnFromItsStartWhereNoPageIsCommitted() {
        log.append(Entries.start());

        ExportState state = log.load().orElseThrow();

        assertThat(state.next()).isEqualTo(Entries.start().next());
        assertThat(state.totals()).isEqualTo(Totals.NONE);
    }

    @Test
    void knowsThatItIsComplete() {
        log.append(Entries.start());
        log.append(COMPLETE);

        ExportState state = log.load().orElseThrow();

        assertThat(state.isComplete()).isTrue();
        assertThat(state.next()).isNull();
    }

    @Test
    void knowsItsLastPageAndAllItsLossesThoughTheyAreNotAmongTheLastEntries() {
        log.append(Entries.start());
        log.append(lost(0, 3, 5));
        log.append(totals -> pageCommit(totals));
        log.append(lost(1, 7, 8));
        Checkpoint last = log.append(lost(1, 5, 7));

        ExportState state = log(Entries.RIVAL).load().orElseThrow();

        assertThat(state.last()).isEqualTo(last);
        assertThat(state.lastPage()).isEqualTo(pageCommit(Totals.NONE.plusLost(2)));
        assertThat(state.next()).isEqualTo(Entries.pageCommit().next());
        assertThat(state.totals().lost()).isEqualTo(5);
        assertThat(state.losses())
                .containsExactly(new LostRange(0, new OffsetRange(3, 5)), new LostRange(1, new OffsetRange(5, 8)));
        log.append(new Checkpoint.Complete(new Totals(2, 3, 8, 0, 300, 13, 0, 5, 0, 0, 0)));
        ExportState complete = log(Entries.RIVAL).load().orElseThrow();
        assertThat(complete.lastPage()).isEqualTo(state.lastPage());
        assertThat(complete.losses()).isEqualTo(state.losses());
        assertThat(complete.next()).isNull();
    }

    @Test
    void goesOnFromItsStartWhereOnlyALossFollowed() {
        log.append(Entries.start());
        log.append(lost(0, 3, 5));

        ExportState state = log.load().orElseThrow();

        assertThat(state.lastPage()).isNull();
        assertThat(state.next()).isEqualTo(Entries.start().next());
    }

    @Test
    void refusesLinksThatLeadNowhere() {
        log.append(Entries.start());
        log.append(Entries.pageCommit());

        assertRefusedAfter(2, 0, "checkpoint 2 in memory is damaged: it refers to entry 2 as one before it");
        assertRefusedAfter(0, -1, "checkpoint 2 in memory is damaged: it refers to entry -1 as one before it");
        assertRefusedAfter(0, 1, "checkpoint 1 in memory is damaged: it records no loss, as an entry after it says");
        assertRefusedAfter(1, 0, "checkpoint 2 in memory is damaged: it counts 7 offsets as lost, but 0 are on record");
        store.entries.set(1, CheckpointCodec.encode(Entries.entry(1, "", Entries.loss())));
        assertRefusedAfter(1, 0, "checkpoint 1 in memory is damaged: it does not commit a page, as checkpoint 2");
    }

    @Test
    void refusesACompletionThatDoesNotAddUp() {
        log.append(Entries.start());
        log.append(Entries.pageCommit());
        log.append(new Checkpoint.Complete(Entries.pageCommit().totals()));

        assertRefused("checkpoint 2 in memory is damaged: it says complete, but its totals do not add up to the 13"
                + " offsets of the extent: " + Entries.pageCommit().totals());
    }

    @Test
    void takesBackAnEntryThatADeletionDidNotMeet() throws IOException {
        InMemoryStorage output = new InMemoryStorage.Location().open("run");
        CheckpointLog fenced = fencedLog(output);
        fenced.append(Entries.start());
        store.appending = sequence -> deleteFrom(output);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> fenced.append(Entries.pageCommit()))
                .withMessageContaining("was deleted while this run was at work");

        assertThat(store.entries).hasSize(1);
        store.appending = sequence -> {};
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> fenced.append(Entries.pageCommit()))
                .withMessageContaining("was deleted while this run was at work");
    }

    @Test
    void tellsOfTheDeletionWhereItsLogLooksBroken() throws IOException {
        InMemoryStorage output = new InMemoryStorage.Location().open("run");
        CheckpointLog fenced = fencedLog(output);
        fenced.append(Entries.start());
        deleteFrom(output);
        store.failures.add(new IOException("no such log"));
        store.failures.add(new IOException("no such log"));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> fenced.append(Entries.pageCommit()))
                .withMessageContaining("was deleted while this run was at work");
    }

    @Test
    void takesBackTheEntryThatItTriesTheStoreWithIfADeletionCameInBetween() {
        InMemoryStorage output = new InMemoryStorage.Location().open("run");
        CheckpointLog fenced = fencedLog(output);
        fenced.append(Entries.start());
        store.appending = sequence -> {
            deleteFrom(output);
            store.entries.clear();
        };

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(fenced::requireExclusiveAppend)
                .withMessageContaining("was deleted while this run was at work");

        assertThat(store.entries).isEmpty();
    }

    @Test
    void tellsOfTheDeletionThatTookTheRunsTemporaryFiles() {
        InMemoryStorage output = new InMemoryStorage.Location().open("run");
        CheckpointLog fenced = fencedLog(output);
        fenced.append(Entries.start());
        FencedException gone = new FencedException("the temporary files are gone");
        assertThat(fenced.explained(gone)).isSameAs(gone);

        deleteFrom(output);

        assertThat(fenced.explained(gone))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was deleted while this run was at work")
                .hasSuppressedException(gone);
    }

    private CheckpointLog fencedLog(InMemoryStorage output) {
        return new CheckpointLog(
                store,
                "export",
                Entries.ORIGIN,
                Entries.CLOCK,
                new DeletionFence(output, "orders", new LogName("export", 1)));
    }

    private static void deleteFrom(InMemoryStorage output) {
        try {
            new DeletionRecord(1, "export", null, null, null).publish(output, "orders");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void findsWhatIdsStandForAlongTheirLinks() {
        CheckpointLog log = log(Entries.ORIGIN);
        log.append(Entries.start());
        MetSchema first = new MetSchema("value", "77", "orders-value", "abc");
        MetSchema second = new MetSchema("key", "78", "", null);
        MetSchema third = new MetSchema("value", "79", "", "def");
        log.append(totals -> new Checkpoint.Schemas(List.of(first, second), totals));
        log.append(totals -> pageCommit(totals));
        assertThat(log.load().orElseThrow().schemas()).containsExactly(first, second);

        log.append(totals -> new Checkpoint.Schemas(List.of(third), totals));

        ExportState state = log.load().orElseThrow();
        assertThat(state.schemas()).containsExactly(first, second, third);
        assertThat(state.lastPage()).isNotNull();
        assertThat(state.isComplete()).isFalse();
    }

    private void assertRefusedAfter(long lastPage, long lastLoss, String message) {
        Checkpoint.Body body = new Checkpoint.Complete(Totals.NONE.plusLost(7));
        String previous = CheckpointReader.checksumOf(store.entries.get(1));
        store.entries.add(CheckpointCodec.encode(new Checkpoint(
                2,
                "export",
                "orders",
                Entries.ORIGIN,
                Entries.NOON,
                previous,
                new EntryLinks(lastPage, lastLoss, 0),
                body)));

        assertThatExceptionOfType(UsageException.class).isThrownBy(log::load).withMessageContaining(message);
        store.entries.remove(2);
    }

    private static Checkpoint.PageCommit pageCommit(Totals before) {
        Checkpoint.PageCommit page = Entries.pageCommit();
        return new Checkpoint.PageCommit(page.files(), page.gaps(), before.plus(page.files(), 2), page.next());
    }

    private static Function<Totals, Checkpoint.Body> lost(int partition, long start, long end) {
        LostRange lost = new LostRange(partition, new OffsetRange(start, end));
        return totals -> new Checkpoint.Loss(List.of(lost), totals.plusLost(end - start));
    }

    @Test
    void chainsEachEntryToTheOneBefore() throws Exception {
        log.append(Entries.start());
        log.append(Entries.pageCommit());
        CheckpointLog resumed = log(Entries.RIVAL);
        resumed.load();
        resumed.append(COMPLETE);

        for (int i = 0; i < 3; i++) {
            Checkpoint entry = CheckpointReader.decode(store.entries.get(i), "entry");
            assertThat(entry.sequence()).isEqualTo(i);
            assertThat(entry.topic()).isEqualTo("orders");
            assertThat(entry.previous()).isEqualTo(i == 0 ? "" : sha256(store.entries.get(i - 1)));
        }
    }

    /** Of all bytes before the checksum member, as the format's documentation has it. */
    private static String sha256(byte[] entry) throws NoSuchAlgorithmException {
        int member = new String(entry, UTF_8).lastIndexOf(",\"checksum\"");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(entry, member));
        return "sha256:" + HexFormat.of().formatHex(digest);
    }

    @Test
    void isFencedByAnEntryOfAnotherRun() {
        log.append(Entries.start());
        CheckpointLog rival = log(Entries.RIVAL);
        rival.load();
        rival.append(Entries.pageCommit());
        byte[] winner = store.entries.get(1);

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> log.append(Entries.pageCommit()))
                .withMessage("export export: another run was faster, checkpoint 1 was written by process 22 on host-2"
                        + " at 2026-01-31T12:00:00Z; this run stops, nothing is lost");

        assertThat(store.entries).hasSize(2);
        assertThat(store.entries.get(1)).isEqualTo(winner);
    }

    @Test
    void isFencedByAnotherRunThatBeginsTheSameExport() {
        log.load();
        log(Entries.RIVAL).append(Entries.start());

        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> log.append(Entries.start()));
    }

    @Test
    void takesItsOwnEntryForSuccessThoughTheReplyWasLost() {
        store.losingReplies = true;
        log.append(Entries.start());
        log.append(Entries.pageCommit());
        store.losingReplies = false;
        log.append(COMPLETE);

        assertThat(log.load().orElseThrow().isComplete()).isTrue();
        assertThat(CheckpointReader.decode(store.entries.get(2), "entry").previous())
                .isEqualTo(CheckpointReader.checksumOf(store.entries.get(1)));
    }

    @Test
    void isFencedWhereTheStoreFailsAndAnotherRunsEntryIsThere() {
        log.append(Entries.start());
        CheckpointLog rival = log(Entries.RIVAL);
        rival.load();
        rival.append(Entries.pageCommit());
        store.failures.add(new IOException("connection reset"));

        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> log.append(Entries.pageCommit()));
    }

    @Test
    void asksOnceMoreWhereTheStoreFails() {
        log.append(Entries.start());
        store.failures.add(new IOException("connection reset"));

        log.append(Entries.pageCommit());

        assertThat(log.load().orElseThrow().last().sequence()).isEqualTo(1);
    }

    @Test
    void appendsNothingMoreWhereTheStoreFailsTwiceUntilItIsLoadedAgain() {
        log.append(Entries.start());
        IOException first = new IOException("connection reset");
        IOException second = new IOException("disk full");
        store.failures.addAll(List.of(first, second));

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> log.append(Entries.pageCommit()))
                .withMessage("cannot write checkpoint 1 in memory: disk full; run again to resume")
                .withCause(second)
                .satisfies(e -> assertThat(e.getCause()).hasSuppressedException(first));

        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> log.append(Entries.pageCommit()));
        assertThat(store.entries).hasSize(1);
        log.load();
        log.append(Entries.pageCommit());
        assertThat(log.load().orElseThrow().last().sequence()).isEqualTo(1);
    }

    @Test
    void isNotWokenByALook() {
        log.append(Entries.start());
        store.failures.addAll(List.of(new IOException("connection reset"), new IOException("disk full")));
        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> log.append(Entries.pageCommit()));

        assertThat(log.look().orElseThrow().last().sequence()).isZero();

        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> log.append(Entries.pageCommit()));
        assertThat(store.entries).hasSize(1);
    }

    @Test
    void staysBehindWhatItHasSeenWhenItLooksAtARivalsEntry() {
        log.append(Entries.start());
        CheckpointLog rival = log(Entries.RIVAL);
        rival.load();
        rival.append(Entries.pageCommit());

        assertThat(log.look().orElseThrow().last().sequence()).isEqualTo(1);

        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> log.append(COMPLETE));
        assertThat(store.entries).hasSize(2);
    }

    @Test
    void saysThatItCannotTellWhoseEntryIsThere() {
        log.append(Entries.start());
        CheckpointLog rival = log(Entries.RIVAL);
        rival.load();
        rival.append(Entries.pageCommit());
        store.unreadable = new IOException("host unreachable");

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> log.append(Entries.pageCommit()))
                .withMessage("cannot tell who wrote checkpoint 1 in memory: host unreachable; run again to resume");
    }

    @Test
    void probesThatTheStoreReplacesNothing() {
        log.append(Entries.start());

        log.requireExclusiveAppend();
        store.overwriting = true;

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(log::requireExclusiveAppend)
                .withMessage("an entry could be replaced in memory: it cannot hold checkpoints; keep the checkpoints"
                        + " elsewhere");
    }

    @Test
    void failsWhereTheStoreCannotBeRead() {
        store.unreadable = new IOException("host unreachable");

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(log::load)
                .withMessage("cannot read the checkpoints in memory: host unreachable; fix that and run again");
    }

    @Test
    void refusesTheLogOfAnotherExport() {
        new CheckpointLog(store, "other", Entries.ORIGIN, Entries.CLOCK).append(Entries.start());

        assertRefused("checkpoint 0 in memory belongs to export other, not to export export");
    }

    @Test
    void refusesAnEntryInAnothersPlace() {
        log.append(Entries.start());
        log.append(Entries.pageCommit());
        log.append(COMPLETE);
        store.entries.remove(1);

        assertRefused("checkpoint 1 in memory is damaged: it says it is entry 2");
    }

    @Test
    void refusesALogThatLacksAnEntry() {
        log.append(Entries.start());
        log.append(Entries.pageCommit());
        store.missing = 0;

        assertRefused("memory is damaged: an entry is missing (entry 0)");
    }

    @Test
    void refusesALogThatDoesNotBeginWithAStartOrHasTwo() {
        store.entries.add(CheckpointCodec.encode(Entries.entry(0, "", COMPLETE)));
        assertRefused("memory is damaged: entry 0 of a log starts the export, and no other");

        store.entries.set(0, CheckpointCodec.encode(Entries.entry(0, "", Entries.start())));
        store.entries.add(CheckpointCodec.encode(Entries.entry(1, "", Entries.start())));
        assertRefused("memory is damaged: entry 0 of a log starts the export, and no other");
    }

    @Test
    void refusesALogOfTwoTopics() {
        log.append(Entries.start());
        store.entries.add(CheckpointCodec.encode(
                new Checkpoint(1, "export", "invoices", Entries.ORIGIN, Entries.NOON, "", EntryLinks.NONE, COMPLETE)));

        assertRefused("checkpoint 1 in memory is of topic invoices, but the log is of orders");
    }

    @Test
    void refusesAPageTokenOfAnotherTopic() {
        Extent extent = Entries.start().extent();
        Extent foreign = new Extent(
                extent.clusterId(), extent.topic(), new Uuid(7, 7), extent.isolationLevel(), extent.partitions());
        PageToken next = PageToken.first(foreign, Direction.ASC, 10, 5);
        Checkpoint.Start start = Entries.start();
        log(Entries.ORIGIN)
                .append(new Checkpoint.Start(
                        start.extent(),
                        start.options(),
                        start.naming(),
                        start.frozenAt(),
                        start.compaction(),
                        List.of(),
                        next,
                        null));

        assertRefused("checkpoint 0 in memory is damaged: its page token is not of the export's topic");
    }

    @Test
    void namesWhoFencedARunThatDoesNotKnow() {
        CheckpointLog log = log(Entries.ORIGIN);
        log.append(Entries.start());
        FencedException unknown = new FencedException("the temporary files are gone");
        assertThat(log.explained(unknown)).as("nobody but itself was there").isSameAs(unknown);
        CheckpointLog rival = log(Entries.RIVAL);
        rival.load();
        rival.append(Entries.pageCommit());

        assertThat(log.explained(unknown))
                .hasMessageContaining("another run was faster")
                .hasMessageContaining("host-2");
    }

    @Test
    void refusesADamagedEntry() {
        log.append(Entries.start());
        store.entries.get(0)[10]++;

        assertRefused("checkpoint 0 in memory is damaged: its checksum does not match its content");
    }

    @Test
    void tellsTimesInMillisecondsAsAllOfItsEntriesDo() {
        Clock clock = Clock.offset(Entries.CLOCK, Duration.ofNanos(1_234_567));
        Checkpoint checkpoint = new CheckpointLog(store, "export", Entries.ORIGIN, clock).append(Entries.start());

        assertThat(checkpoint.committedAt()).isEqualTo(Entries.NOON.plusMillis(1));
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(log::load)
                .withMessage(message + "; " + Advice.RESTORE_THE_LOG.text());
    }

    private CheckpointLog log(Origin origin) {
        return new CheckpointLog(store, "export", origin, Entries.CLOCK);
    }
}
