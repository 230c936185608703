package io.pagewalk.internal.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link CheckpointStore} must do. */
public abstract class CheckpointStoreContractTest {
    private final List<CheckpointStores> opened = new ArrayList<>();

    /** Opens the logs of one and the same export for another run of the program; they are empty at first. */
    protected abstract CheckpointStores open() throws IOException;

    private CheckpointStores openLogs() throws IOException {
        CheckpointStores logs = open();
        opened.add(logs);
        return logs;
    }

    private CheckpointStore openLog() throws IOException {
        return openLogs().of(1);
    }

    @AfterEach
    void closeLogs() throws IOException {
        for (CheckpointStores logs : opened) {
            logs.close();
        }
    }

    @Test
    void keepsTheLogsOfRunsApart() throws IOException {
        CheckpointStores logs = openLogs();
        assertThat(logs.runs()).isEmpty();
        for (int run : new int[] {1, 2, 10}) {
            logs.of(run).append(0, bytes("run " + run));
        }
        logs.of(2).append(1, bytes("more of run 2"));

        CheckpointStores later = openLogs();

        assertThat(later.runs()).containsExactly(1, 2, 10);
        assertThat(later.of(1).lastSequence()).hasValue(0);
        assertThat(later.of(2).sequences()).containsExactly(0, 1);
        assertThat(later.of(2).read(1)).isEqualTo(bytes("more of run 2"));
        assertThat(later.of(10).read(0)).isEqualTo(bytes("run 10"));
        assertThat(later.of(3).lastSequence()).isEmpty();
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> later.of(10).append(0, bytes("another run 10")));
    }

    @Test
    void putsAnExpiryOnRecordOnce() throws IOException {
        CheckpointStores logs = openLogs();
        logs.of(1).append(0, bytes("run 1"));
        assertThat(logs.expired()).isZero();

        logs.expire(3, bytes("up to 3"));

        assertThat(openLogs().expired()).isEqualTo(3);
        assertThat(openLogs().readExpiry(3)).isEqualTo(bytes("up to 3"));
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> logs.expire(3, bytes("another")));
        CheckpointStores later = openLogs();
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> later.expire(3, bytes("another")));
        later.expire(10, bytes("up to 10"));
        assertThat(openLogs().expiries()).containsExactly(3, 10);
        later.removeExpiry(3);
        later.removeExpiry(3);
        assertThat(openLogs().expiries()).containsExactly(10);
        assertThat(openLogs().readExpiry(10)).isEqualTo(bytes("up to 10"));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> openLogs().readExpiry(3));
        assertThat(openLogs().runs()).containsExactly(1);
        assertThat(openLogs().of(1).read(0)).isEqualTo(bytes("run 1"));
    }

    @Test
    void tellsAnExpiryToWhoHasTheLogsOpenOrRefusesItsNextChange() throws IOException {
        CheckpointStores open = openLogs();
        open.of(1).append(0, bytes("run 1"));
        CheckpointStores looking = openLogs();
        assertThat(open.expired()).isZero();
        assertThat(looking.expired()).isZero();

        openLogs().expire(1, bytes("up to 1"));

        assertThat(looking.expired()).isOne();
        if (open.expired() == 0) {
            assertThatExceptionOfType(FencedException.class)
                    .isThrownBy(() -> open.of(1).append(1, bytes("more")));
        }
        assertThat(open.expired()).isOne();
    }

    @Test
    void hasNothingOfARunThatWasRemoved() throws IOException {
        CheckpointStores logs = openLogs();
        for (int run = 1; run <= 3; run++) {
            logs.of(run).append(0, bytes("run " + run));
        }

        logs.of(1).remove(0);

        CheckpointStores later = openLogs();
        assertThat(later.runs()).endsWith(2, 3);
        assertThat(later.of(1).lastSequence()).isEmpty();
        assertThat(later.of(2).read(0)).isEqualTo(bytes("run 2"));
    }

    @Test
    void beginsEmpty() throws IOException {
        CheckpointStore log = openLog();

        assertThat(log.lastSequence()).isEqualTo(OptionalLong.empty());
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> log.read(0));
        assertThat(log.location()).isNotEmpty();
    }

    @Test
    void readsWhatWasAppended() throws IOException {
        CheckpointStore log = openLog();
        for (int sequence = 0; sequence < 12; sequence++) {
            log.append(sequence, bytes("entry " + sequence));
            assertThat(log.lastSequence()).hasValue(sequence);
        }

        CheckpointStore later = openLog();

        assertThat(later.lastSequence()).hasValue(11);
        for (int sequence = 0; sequence < 12; sequence++) {
            assertThat(later.read(sequence)).asString().isEqualTo("entry " + sequence);
        }
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> later.read(12));
    }

    @Test
    void goesOnWhereAnotherRunEnded() throws IOException {
        CheckpointStores logs = openLogs();
        CheckpointStore first = logs.of(1);
        first.append(0, bytes("first"));
        first.append(1, bytes("first"));
        logs.close();

        CheckpointStore second = openLog();
        long last = second.lastSequence().orElseThrow();
        second.append(last + 1, bytes("second"));

        assertThat(openLog().lastSequence()).hasValue(2);
        assertThat(openLog().read(2)).isEqualTo(bytes("second"));
    }

    @Test
    void keepsTheFirstOfTwoEntriesWithOneNumber() throws IOException {
        CheckpointStore first = openLog();
        CheckpointStore second = openLog();
        first.append(0, bytes("common"));
        assertThat(second.lastSequence()).hasValue(0);
        first.append(1, bytes("first"));

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> second.append(1, bytes("a longer second")));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> second.append(0, bytes("another beginning")));

        assertThat(second.lastSequence()).hasValue(1);
        assertThat(second.read(1)).isEqualTo(bytes("first"));
        assertThat(second.read(0)).isEqualTo(bytes("common"));
    }

    @Test
    void isBrokenFromTheRemovalOfItsFirstEntryUntilThatOfItsLast() throws IOException {
        CheckpointStore log = openLog();
        for (int sequence = 0; sequence < 3; sequence++) {
            log.append(sequence, bytes("entry " + sequence));
        }
        assertThat(openLog().sequences()).containsExactly(0, 1, 2);

        log.remove(0);
        log.remove(0);

        assertThat(log.sequences()).containsExactly(1, 2);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> openLog().lastSequence())
                .withMessageContaining("delete it again");
        assertThat(openLog().read(2)).isEqualTo(bytes("entry 2"));
        log.remove(1);
        log.remove(2);
        assertThat(openLog().sequences()).isEmpty();
        assertThat(log.lastSequence()).isEmpty();
        log.append(0, bytes("anew"));
        assertThat(openLog().read(0)).isEqualTo(bytes("anew"));
    }

    @Test
    void doesNotGoOnForARunWhoseLogAnotherHasBegunToRemove() throws IOException {
        CheckpointStore log = openLog();
        for (int sequence = 0; sequence < 3; sequence++) {
            log.append(sequence, bytes("entry " + sequence));
        }
        CheckpointStore remover = openLog();
        remover.remove(0);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> log.append(3, bytes("entry 3")))
                    .isInstanceOfAny(UsageException.class, FencedException.class);
        }

        remover.remove(1);
        remover.remove(2);
        assertThatThrownBy(() -> log.append(3, bytes("entry 3")))
                .isInstanceOfAny(UsageException.class, FencedException.class);
        assertThat(openLog().sequences()).isEmpty();
    }

    @Test
    void letsOneOfManyRacingRunsWinEachEntry() throws Exception {
        int runs = 6;
        int entries = 30;
        ExecutorService threads = Executors.newFixedThreadPool(runs);
        List<Future<List<Long>>> won = new ArrayList<>();

        for (int run = 0; run < runs; run++) {
            CheckpointStore log = openLog();
            byte[] entry = bytes("run " + run);
            won.add(threads.submit(() -> appendUntil(log, entries, entry)));
        }
        threads.shutdown();

        CheckpointStore log = openLog();
        int total = 0;
        for (int run = 0; run < runs; run++) {
            for (long sequence : won.get(run).get(120, TimeUnit.SECONDS)) {
                assertThat(log.read(sequence)).as("entry %s", sequence).isEqualTo(bytes("run " + run));
                total++;
            }
        }
        assertThat(total).isEqualTo(entries);
        assertThat(log.lastSequence()).hasValue(entries - 1L);
    }

    private static List<Long> appendUntil(CheckpointStore log, int entries, byte[] entry) throws IOException {
        List<Long> won = new ArrayList<>();
        for (long next = log.lastSequence().orElse(-1) + 1;
                next < entries;
                next = log.lastSequence().orElse(-1) + 1) {
            if (isFirst(log, next, entry)) {
                won.add(next);
            }
        }
        return won;
    }

    private static boolean isFirst(CheckpointStore log, long sequence, byte[] entry) throws IOException {
        try {
            log.append(sequence, entry);
            return true;
        } catch (FileAlreadyExistsException | FencedException e) {
            return false;
        }
    }

    @Test
    void refusesToLeaveAGap() throws IOException {
        CheckpointStore log = openLog();

        assertThatIOException().isThrownBy(() -> log.append(1, bytes("one")));
        log.append(0, bytes("zero"));
        assertThatIOException().isThrownBy(() -> log.append(2, bytes("two")));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(-1, bytes("minus one")));

        assertThat(log.lastSequence()).hasValue(0);
        log.append(1, bytes("one"));
        assertThat(openLog().lastSequence()).hasValue(1);
    }

    @Test
    void holdsEntriesOfAMegabyte() throws IOException {
        CheckpointStore log = openLog();
        byte[] entry = new byte[1024 * 1024];
        new Random(1).nextBytes(entry);

        log.append(0, entry);
        log.append(1, new byte[0]);

        assertThat(openLog().read(0)).isEqualTo(entry);
        assertThat(openLog().read(1)).isEmpty();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
