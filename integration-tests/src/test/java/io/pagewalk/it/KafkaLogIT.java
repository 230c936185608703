package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.embedded.Topics;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.KafkaLogs;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.OpenedLog;
import io.pagewalk.it.fixture.Survivors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who owns a log in a topic, and what is in it whatever others do there. */
class KafkaLogIT {
    private static final String TOPIC = "log-checkpoints";

    private final String exportId = KafkaLogs.newExport();

    @Test
    void whoWasTakenOverAppendsNothingMore() throws IOException {
        try (OpenedLog slept = KafkaLogs.open(TOPIC, exportId);
                OpenedLog next = KafkaLogs.open(TOPIC, exportId)) {
            slept.takeOver();
            slept.append(0, bytes("slept"));

            next.takeOver();

            assertThatExceptionOfType(FencedException.class)
                    .isThrownBy(() -> slept.append(1, bytes("slept")))
                    .withMessageContaining("another run has taken over");
            assertThatExceptionOfType(FencedException.class).isThrownBy(() -> slept.remove(0));
            assertThatExceptionOfType(FencedException.class).isThrownBy(() -> slept.append(1, bytes("slept")));
            next.append(1, bytes("next"));
            assertThat(slept.lastSequence()).hasValue(1);
            assertThat(slept.read(0)).isEqualTo(bytes("slept"));
            assertThat(slept.read(1)).isEqualTo(bytes("next"));
        }
    }

    @Test
    void lookingAtALogDisturbsNoRun() throws IOException {
        try (OpenedLog run = KafkaLogs.open(TOPIC, exportId);
                OpenedLog beginning = KafkaLogs.open(TOPIC, exportId);
                OpenedLog view = KafkaLogs.view(TOPIC, exportId)) {
            run.append(0, bytes("0"));

            assertThat(view.lastSequence()).hasValue(0);
            assertThat(view.sequences()).containsExactly(0);
            assertThat(view.read(0)).isEqualTo(bytes("0"));
            assertThat(beginning.lastSequence()).hasValue(0);
            beginning.requireRoom(1000);

            run.append(1, bytes("1"));
            assertThat(view.read(1)).isEqualTo(bytes("1"));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> view.append(2, bytes("2")));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> view.remove(0));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(view::takeOver);
            run.append(2, bytes("2"));
        }
    }

    @Test
    void lookingCreatesNoTopic() throws IOException {
        String topic = "never-written-" + exportId;
        try (OpenedLog view = KafkaLogs.view(topic, exportId);
                OpenedLog store = KafkaLogs.open(topic, exportId)) {
            assertThat(view.lastSequence()).isEmpty();
            assertThat(store.lastSequence()).isEmpty();
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> view.read(0));
        }

        assertThat(exists(topic)).isFalse();
    }

    /** Runs that stop at any moment and go on at any other: each number is acknowledged to one of them, and it stays so. */
    @Test
    void noTwoRunsAreToldThatTheyCommittedTheSameEntry() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, String> acknowledged = new TreeMap<>();
        List<OpenedLog> runs = new ArrayList<>();
        int fenced = 0;
        try {
            long[] known = new long[60];
            for (int step = 0; step < LongTests.count(50, 90); step++) {
                if (step % 5 == 0) {
                    runs.add(KafkaLogs.open(TOPIC, exportId));
                    known[runs.size() - 1] =
                            runs.get(runs.size() - 1).lastSequence().orElse(-1);
                }
                // The last ones are those that are likely to own it.
                int run = random.nextInt(3) > 0 ? runs.size() - 1 : random.nextInt(runs.size());
                OpenedLog store = runs.get(run);
                String entry = "step " + step + " of run " + run;
                try {
                    if (random.nextInt(5) == 0) {
                        known[run] = store.lastSequence().orElse(-1);
                    }
                    store.append(known[run] + 1, bytes(entry));
                    known[run]++;
                    assertThat(acknowledged.put(known[run], entry))
                            .as("seed %d, step %d", seed, step)
                            .isNull();
                } catch (FencedException | FileAlreadyExistsException e) {
                    fenced++;
                }
            }
        } finally {
            for (OpenedLog run : runs) {
                run.close();
            }
        }

        assertThat(fenced).as("seed %d", seed).isPositive();
        try (OpenedLog view = KafkaLogs.view(TOPIC, exportId)) {
            assertThat(view.lastSequence()).as("seed %d", seed).hasValue(acknowledged.size() - 1L);
            for (Map.Entry<Long, String> entry : acknowledged.entrySet()) {
                assertThat(view.read(entry.getKey()))
                        .as("seed %d, entry %d", seed, entry.getKey())
                        .asString()
                        .isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void whatAKilledRunLeftUnfinishedNeitherBlocksNorCounts() throws IOException {
        try (OpenedLog before = KafkaLogs.open(TOPIC, exportId)) {
            before.append(0, bytes("before"));
        }
        KafkaProducer<String, String> killed = KafkaLogs.unfinished(
                TOPIC, "pagewalk/" + TOPIC + "/" + exportId + "/1", exportId + "/1/1/00000000000000000001");
        try (OpenedLog next = KafkaLogs.open(TOPIC, exportId);
                OpenedLog view = KafkaLogs.view(TOPIC, exportId)) {
            long begun = System.nanoTime();
            assertThat(view.lastSequence()).hasValue(0);
            assertThat(next.lastSequence()).hasValue(0);
            next.takeOver();

            assertThat(next.lastSequence()).hasValue(0);
            next.append(1, bytes("next"));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat(next.read(1)).isEqualTo(bytes("next"));
            assertThat(view.read(1)).isEqualTo(bytes("next"));
        } finally {
            killed.close(Duration.ZERO);
        }
    }

    /** The entries are there, but readers do not get them yet; to go on without them would be to forget them. */
    @Test
    void anotherWritersUnfinishedTransactionHoldsUpButHidesNothing() throws IOException {
        String topic = Broker.topic("held-up-checkpoints", 1, Map.of("cleanup.policy", "compact"));
        OpenedLog run = KafkaLogs.open(topic, exportId);
        run.takeOver();
        KafkaProducer<String, String> other = KafkaLogs.unfinished(topic, "another program", "its key");
        try (run) {
            run.append(0, bytes("0"));

            try (OpenedLog next = KafkaLogs.open(topic, exportId, Duration.ofSeconds(1))) {
                assertThatIOException()
                        .isThrownBy(next::takeOver)
                        .withMessageContaining("a transaction that begins at offset 0 of topic " + topic);
                assertThatIOException().isThrownBy(() -> next.append(0, bytes("forgetful")));
                other.abortTransaction();
                assertThat(next.lastSequence()).hasValue(0);
                assertThatExceptionOfType(FileAlreadyExistsException.class)
                        .isThrownBy(() -> next.append(0, bytes("forgetful")));
                next.append(1, bytes("1"));
            }
            assertThat(run.read(1)).isEqualTo(bytes("1"));
        } finally {
            other.close(Duration.ZERO);
        }
    }

    @Test
    void exportsThatShareATopicDoNotSeeEachOther() throws IOException {
        String longer = exportId + "-b";
        try (OpenedLog first = KafkaLogs.open(TOPIC, exportId);
                OpenedLog second = KafkaLogs.open(TOPIC, longer)) {
            first.takeOver();
            second.takeOver();
            for (int i = 0; i < 5; i++) {
                first.append(i, bytes("first " + i));
                if (i < 3) {
                    second.append(i, bytes("second " + i));
                }
            }
            second.remove(0);

            assertThat(first.sequences()).containsExactly(0, 1, 2, 3, 4);
            assertThat(second.sequences()).containsExactly(1, 2);
            assertThat(first.read(0)).isEqualTo(bytes("first 0"));
            assertThat(second.read(2)).isEqualTo(bytes("second 2"));
        }
    }

    @Test
    void compactionKeepsEveryEntryAndDropsRemovedOnes() throws IOException {
        String topic = Broker.topic("compacted-checkpoints", 1, Topics.compacted());
        String removedId = exportId + "-removed";
        try (OpenedLog kept = KafkaLogs.open(topic, exportId);
                OpenedLog removed = KafkaLogs.open(topic, removedId);
                OpenedLog stale = KafkaLogs.view(topic, removedId)) {
            for (int i = 0; i < 10; i++) {
                kept.append(i, bytes("kept " + i));
                removed.append(i, bytes("removed " + i));
            }
            assertThat(stale.lastSequence()).hasValue(9);
            Set<Long> before = Survivors.offsets(topic, 0);
            for (int i = 0; i < 10; i++) {
                removed.remove(i);
            }
            int[] next = {10};
            Eventually.isTrue("compacted", () -> {
                // The cleaner leaves the active segment alone, so it takes new ones.
                append(kept, next[0]++);
                Set<Long> now = Survivors.offsets(topic, 0);
                return before.stream().filter(now::contains).count() <= 10;
            });

            try (OpenedLog view = KafkaLogs.view(topic, exportId)) {
                assertThat(view.lastSequence()).hasValue(next[0] - 1L);
                for (int i = next[0] - 1; i >= 0; i--) {
                    assertThat(view.read(i)).isEqualTo(bytes("kept " + i));
                }
            }
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> stale.read(3));
            assertThat(stale.lastSequence()).isEmpty();
            removed.append(0, bytes("anew"));
            assertThat(stale.read(0)).isEqualTo(bytes("anew"));
        }
    }

    private static void append(OpenedLog store, long sequence) {
        try {
            store.append(sequence, bytes("kept " + sequence));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTopicThatWasRecreatedIsNotTakenForTheOldOne() throws IOException {
        String topic = Broker.topic("recreated-checkpoints", 1, Map.of("cleanup.policy", "compact"));
        String replaced = "topic " + topic + ", which holds the checkpoints, was deleted or recreated";
        try (OpenedLog run = KafkaLogs.open(topic, exportId, Duration.ofSeconds(10));
                OpenedLog watching = KafkaLogs.view(topic, exportId);
                OpenedLog other = KafkaLogs.open(topic, exportId + "-other")) {
            run.append(0, bytes("0"));
            run.append(1, bytes("1"));
            assertThat(watching.lastSequence()).hasValue(1);

            Broker.recreate(topic, 1, Map.of("cleanup.policy", "compact"));

            assertReplaced(replaced, () -> run.append(2, bytes("2")));
            for (int i = 0; i < 5; i++) {
                other.append(i, bytes("other " + i));
            }
            assertReplaced(replaced, () -> run.append(2, bytes("2")));
            assertReplaced(replaced, () -> run.remove(1));
            assertReplaced(replaced, () -> run.lastSequence());
            assertReplaced(replaced, () -> watching.lastSequence());
            assertThat(other.lastSequence()).hasValue(4);
        }
        try (OpenedLog view = KafkaLogs.view(topic, exportId)) {
            assertThat(view.sequences()).isEmpty();
        }
    }

    private static void assertReplaced(String reason, ThrowingCallable call) {
        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(call).withMessageContaining(reason);
    }

    @Test
    void aTopicThatIsGoneIsNotCreatedAgain() throws IOException {
        String topic = Broker.topic("deleted-checkpoints", 1, Map.of("cleanup.policy", "compact"));
        try (OpenedLog run = KafkaLogs.open(topic, exportId, Duration.ofSeconds(10))) {
            run.append(0, bytes("0"));

            Broker.delete(topic);

            Eventually.isTrue("gone", () -> !exists(topic));
            assertReplaced("was deleted or recreated", () -> run.append(1, bytes("1")));
            assertReplaced("was deleted or recreated", () -> run.requireRoom(1000));
        }
        assertThat(exists(topic)).isFalse();
    }

    @Test
    void removingNeitherCreatesTheTopicNorMindsItsSettings() throws IOException {
        String absent = "never-removed-from-" + exportId;
        try (OpenedLog store = KafkaLogs.open(absent, exportId)) {
            store.remove(0);
        }
        assertThat(exists(absent)).isFalse();

        String topic = Broker.topic("reconfigured-checkpoints", 1, Map.of("cleanup.policy", "compact"));
        try (OpenedLog run = KafkaLogs.open(topic, exportId);
                OpenedLog deletion = KafkaLogs.open(topic, exportId)) {
            run.append(0, bytes("0"));
            Broker.configure(topic, "cleanup.policy", "delete");

            deletion.remove(0);

            assertThat(deletion.sequences()).isEmpty();
            assertThatExceptionOfType(FencedException.class).isThrownBy(() -> run.append(1, bytes("1")));
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> deletion.append(0, bytes("anew")))
                    .withMessageContaining("cleanup.policy=delete");
        }
    }

    private static boolean exists(String topic) {
        return Broker.call(admin -> admin.listTopics().names()).contains(topic);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
