package io.pagewalk.internal.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pagewalk.error.FencedException;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import io.pagewalk.spi.Storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Storage} must do. */
public abstract class StorageContractTest {
    /** Where implementations that have one put their temporary folder. */
    protected static final String TEMPORARY_FOLDER = "_pagewalk/orders/tmp";

    private static final String NAME = "orders-0-00000000000000000000.parquet";
    private static final int RACERS = 8;

    private final List<Storage> opened = new ArrayList<>();

    /** Opens one and the same location for a run. */
    protected abstract Storage open(String runId) throws IOException;

    /** Lets a run begin a file of that name and die. */
    protected abstract void beginAndDie(String runId, String name) throws Exception;

    /** Removes a run's temporary files, as another run does that holds it for dead. */
    protected abstract void takeAwayTemporaries(String runId) throws IOException;

    /** Whether runs have temporary files, and show by them that they are alive. */
    protected boolean hasTemporaries() {
        return true;
    }

    /** The names of everything but directories at the location, published or not. */
    protected abstract Collection<String> everything() throws IOException;

    @AfterEach
    void closeStorages() throws IOException {
        for (Storage storage : opened) {
            storage.close();
        }
    }

    private Storage openRun(String runId) throws IOException {
        Storage storage = open(runId);
        opened.add(storage);
        return storage;
    }

    @Test
    void showsNothingBeforePublication() throws IOException {
        Storage storage = openRun("run");

        try (PendingFile file = storage.create(NAME)) {
            file.stream().write(bytes("records"));
            file.stream().flush();

            assertThat(storage.list("")).isEmpty();
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> storage.open(NAME));
            assertThat(everything()).noneMatch(name -> name.contains(NAME));
        }
    }

    @Test
    void namesNoTemporaryFileLikeADataFile() throws IOException {
        Storage storage = openRun("run");

        try (PendingFile parquet = storage.create(NAME);
                PendingFile jsonl = storage.create("a.jsonl");
                PendingFile json = storage.create("_pagewalk/orders/0.json")) {
            parquet.stream().write(1);
            jsonl.stream().write(1);
            json.stream().write(1);

            assertThat(everything()).noneMatch(name -> name.matches(".*\\.(parquet|jsonl|json|zst|gz)"));
        }
    }

    @Test
    void publishesTheWholeFile() throws IOException {
        Storage storage = openRun("run");
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);

        try (PendingFile file = storage.create(NAME)) {
            OutputStream stream = file.stream();
            stream.write(content[0]);
            stream.write(content, 1, 1_000_000);
            stream.write(content, 1_000_001, content.length - 1_000_001);
            stream.close();
            file.publish();
        }

        assertThat(read(storage, NAME)).isEqualTo(content);
        assertThat(storage.list("")).containsExactly(new StoredFile(NAME, content.length));
    }

    @Test
    void publishesAnEmptyFile() throws IOException {
        Storage storage = openRun("run");

        publish(storage, NAME, "");

        assertThat(read(storage, NAME)).isEmpty();
    }

    @Test
    void readsFromAnyPosition() throws IOException {
        Storage storage = openRun("run");
        publish(storage, NAME, "0123456789");

        try (SeekableByteChannel channel = storage.open(NAME)) {
            channel.position(7);

            assertThat(channel.size()).isEqualTo(10);
            assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(bytes("789"));
        }
    }

    @Test
    protected void tellsWhichOtherRunsAreAlive() throws Exception {
        Storage living = openRun("living");
        Storage observer = openRun("observer");
        beginAndDie("dead", NAME);
        assertThat(observer.liveRuns()).isEmpty();

        try (PendingFile file = living.create(NAME)) {
            file.stream().write(1);
            assertThat(observer.liveRuns()).isEqualTo(hasTemporaries() ? List.of("living") : List.of());
            assertThat(living.liveRuns()).isEmpty();
        }
        living.close();

        assertThat(observer.liveRuns()).isEmpty();
    }

    @Test
    void refusesASecondPublicationAndKeepsTheFirst() throws IOException {
        Storage first = openRun("first");
        Storage second = openRun("second");
        publish(first, NAME, "first");

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> publish(first, NAME, "again"));
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> publish(second, NAME, "second"));

        assertThat(read(second, NAME)).isEqualTo(bytes("first"));
        assertThat(everything()).filteredOn(name -> name.endsWith(".tmp")).isEmpty();
    }

    /** How many files many publish at once. */
    protected int races() {
        return 40;
    }

    @Test
    void letsExactlyOneOfManyRacingPublishersWin() throws Exception {
        List<Storage> storages = List.of(openRun("a"), openRun("b"), openRun("c"), openRun("d"));
        int names = races();
        CyclicBarrier barrier = new CyclicBarrier(RACERS);
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        List<Future<List<Integer>>> wins = new ArrayList<>();

        for (int racer = 0; racer < RACERS; racer++) {
            Storage storage = storages.get(racer % storages.size());
            String content = "racer " + racer;
            wins.add(racers.submit(() -> race(storage, names, content, barrier)));
        }
        racers.shutdown();

        String[] winners = new String[names];
        for (int racer = 0; racer < RACERS; racer++) {
            for (int won : wins.get(racer).get(60, TimeUnit.SECONDS)) {
                assertThat(winners[won]).as("winner of race %s", won).isNull();
                winners[won] = "racer " + racer;
            }
        }
        for (int name = 0; name < names; name++) {
            assertThat(read(storages.get(0), "race/" + name)).asString().isEqualTo(winners[name]);
        }
    }

    private static List<Integer> race(Storage storage, int names, String content, CyclicBarrier barrier)
            throws Exception {
        List<Integer> won = new ArrayList<>();
        for (int name = 0; name < names; name++) {
            try (PendingFile file = storage.create("race/" + name)) {
                file.stream().write(bytes(content));
                barrier.await(60, TimeUnit.SECONDS);
                if (isFirst(file)) {
                    won.add(name);
                }
            }
        }
        return won;
    }

    private static boolean isFirst(PendingFile file) throws IOException {
        try {
            file.publish();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Test
    void leavesNothingOfAFileThatIsNotPublished() throws IOException {
        Storage storage = openRun("run");
        publish(storage, NAME, "published");
        Collection<String> before = everything();

        PendingFile file = storage.create("a/b/c.jsonl");
        file.stream().write(bytes("given up"));
        file.close();
        file.close();

        assertThat(everything()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(storage.listDirectories("")).doesNotContain("a");
    }

    @Test
    void leavesOnlyPublishedFilesWhenClosed() throws IOException {
        Storage storage = openRun("run");
        publish(storage, NAME, "published");
        PendingFile pending = storage.create("a.jsonl");
        pending.stream().write(bytes("pending"));

        storage.close();
        storage.close();
        pending.close();

        assertThat(everything()).containsExactly(NAME);
        assertThatThrownBy(pending::publish).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage.create("b.jsonl")).isInstanceOf(IOException.class);
        assertThat(everything()).containsExactly(NAME);
    }

    @Test
    void publishesAFileOnce() throws IOException {
        Storage storage = openRun("run");

        try (PendingFile file = storage.create(NAME)) {
            file.stream().write(bytes("once"));
            file.publish();

            assertThatThrownBy(file::publish).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> file.stream().write(1)).isInstanceOf(IOException.class);
        }
        assertThat(read(storage, NAME)).isEqualTo(bytes("once"));
    }

    @Test
    void tellsWhetherAFileIsThere() throws IOException {
        Storage storage = openRun("run");
        assertThat(storage.exists("a/b/file")).isFalse();

        publish(storage, "a/b/file", "content");

        assertThat(storage.exists("a/b/file")).isTrue();
        assertThat(storage.exists("a/b")).as("a directory").isFalse();
        storage.delete("a/b/file");
        assertThat(storage.exists("a/b/file")).isFalse();
    }

    @Test
    void handsOverTheNamesOfADirectory() throws IOException {
        Storage storage = openRun("run");
        List<String> names = new ArrayList<>();
        storage.names("", names::add);
        storage.names("a", names::add);
        assertThat(names).isEmpty();
        publish(storage, "a/one", "1");
        publish(storage, "a/two", "2");
        publish(storage, "a/b/three", "3");
        publish(storage, "top", "4");

        storage.names("a", names::add);
        assertThat(names).containsExactlyInAnyOrder("one", "two", "b");
        names.clear();
        storage.names("", names::add);
        assertThat(names).contains("a", "top").doesNotContain("one", "a/one");
    }

    @Test
    void listsFilesAndDirectoriesApart() throws IOException {
        Storage storage = openRun("run");
        publish(storage, "a.jsonl", "1");
        publish(storage, "b.jsonl", "12");
        publish(storage, "logs/orders/0.json", "123");
        publish(storage, "logs/orders/1.json", "1234");
        publish(storage, "logs/payments/0.json", "12345");

        assertThat(storage.list(""))
                .containsExactlyInAnyOrder(new StoredFile("a.jsonl", 1), new StoredFile("b.jsonl", 2));
        assertThat(storage.list("logs/orders"))
                .containsExactlyInAnyOrder(
                        new StoredFile("logs/orders/0.json", 3), new StoredFile("logs/orders/1.json", 4));
        assertThat(storage.list("logs")).isEmpty();
        assertThat(storage.listDirectories("logs")).containsExactlyInAnyOrder("logs/orders", "logs/payments");
        assertThat(storage.listDirectories("logs/orders")).isEmpty();
        assertThat(storage.listDirectories("")).contains("logs");
    }

    @Test
    void listsNothingWhereNothingIs() throws IOException {
        Storage storage = openRun("run");

        assertThat(storage.list("")).isEmpty();
        assertThat(storage.listDirectories("")).isEmpty();
        assertThat(storage.list("no/such")).isEmpty();
        assertThat(storage.listDirectories("no/such")).isEmpty();
        assertThat(storage.removeDeadTemporaries()).isZero();
        assertThat(everything()).isEmpty();
    }

    @Test
    void leavesTemporaryFilesOutOfListings() throws IOException {
        Storage storage = openRun("run");
        publish(storage, "_pagewalk/orders/0.json", "0");

        try (PendingFile file = storage.create(NAME)) {
            file.stream().write(1);

            assertThat(storage.list("_pagewalk/orders")).containsExactly(new StoredFile("_pagewalk/orders/0.json", 1));
            assertThat(storage.listDirectories("_pagewalk/orders")).isEmpty();
            assertThat(storage.list(TEMPORARY_FOLDER)).isEmpty();
            assertThat(storage.listDirectories(TEMPORARY_FOLDER)).isEmpty();
        }
    }

    @Test
    void deletesAFileAndFreesItsName() throws IOException {
        Storage storage = openRun("run");
        publish(storage, "a/b.json", "first");

        storage.delete("a/b.json");
        storage.delete("a/b.json");
        storage.delete("no/such");

        assertThat(storage.list("a")).isEmpty();
        publish(storage, "a/b.json", "second");
        assertThat(read(storage, "a/b.json")).isEqualTo(bytes("second"));
    }

    @Test
    void persistsWhatIsVisibleAndNothingElse() throws IOException {
        Storage writer = openRun("writer");
        Storage other = openRun("other");
        publish(writer, "a/b.json", "content");

        other.persist("a/b.json");

        assertThat(read(other, "a/b.json")).isEqualTo(bytes("content"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> other.persist("a/c.json"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> other.persist("c/d.json"));
    }

    @Test
    void removesTheTemporaryFilesOfDeadRunsAndOfNoOther() throws Exception {
        beginAndDie("dead", NAME);
        Storage alive = openRun("alive");
        Storage cleaner = openRun("cleaner");
        PendingFile own = cleaner.create("own.jsonl");

        try (PendingFile others = alive.create(NAME)) {
            others.stream().write(bytes("alive"));

            assertThat(everything().stream().anyMatch(name -> name.contains("dead")))
                    .isEqualTo(hasTemporaries());
            assertThat(cleaner.removeDeadTemporaries()).isEqualTo(hasTemporaries() ? 1 : 0);
            assertThat(everything()).noneMatch(name -> name.contains("dead"));
            assertThat(cleaner.removeDeadTemporaries()).isZero();

            others.publish();
            own.publish();
        }
        assertThat(read(cleaner, NAME)).isEqualTo(bytes("alive"));
        assertThat(read(cleaner, "own.jsonl")).isEmpty();
    }

    @Test
    void fencesARunWhoseTemporaryFilesWereTakenAway() throws IOException {
        Storage storage = openRun("run");
        publish(storage, "before.jsonl", "before");
        assumeThat(hasTemporaries()).isTrue();

        try (PendingFile file = storage.create(NAME)) {
            file.stream().write(bytes("late"));
            takeAwayTemporaries("run");

            assertThatExceptionOfType(FencedException.class).isThrownBy(file::publish);
            assertThatExceptionOfType(FencedException.class).isThrownBy(() -> storage.create("after.jsonl"));
        }
        assertThat(storage.list("")).extracting(StoredFile::name).containsExactly("before.jsonl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a/", "a//b", "..", ".", "../a", "a/../../b", "a/./b", "a\\b", "a\u0000b", "a\nb"})
    void refusesNamesThatLeadAstray(String name) throws IOException {
        Storage storage = openRun("run");

        assertThatIllegalArgumentException().isThrownBy(() -> storage.create(name));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.open(name));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.persist(name));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.delete(name));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.list(name));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.create(""));
        assertThat(everything()).isEmpty();
    }

    protected static void publish(Storage storage, String name, String content) throws IOException {
        try (PendingFile file = storage.create(name)) {
            file.stream().write(bytes(content));
            file.publish();
        }
    }

    protected static byte[] read(Storage storage, String name) throws IOException {
        try (InputStream stream = Channels.newInputStream(storage.open(name))) {
            return stream.readAllBytes();
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
