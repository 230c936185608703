package io.pagewalk.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Exports;
import io.pagewalk.cli.Tokens;
import io.pagewalk.cli.console.Terminals;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Paginator;
import io.pagewalk.spi.Storage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteCommandTest {
    private static final String RECORD = "_pagewalk/topic=orders/deleted-1.json";

    private final Terminals terminals = new Terminals();

    @TempDir
    private Path output;

    private Exports exports;

    @BeforeEach
    void locate() {
        exports = new Exports(output);
    }

    @Test
    void removesTheLogTheClaimAndFilesOfPagesUnderWayAndNothingElse() throws IOException {
        exports.start("orders", "orders", null);
        exports.start("returns", "returns", null);
        String underWay = name("orders", 1);
        Files.writeString(output.resolve(underWay), "published, not committed");
        Files.writeString(
                output.resolve("orders-9-00000000000000000000-00000000000000000005-1-0123456789ab.jsonl"),
                "of a partition that it does not have");
        Files.writeString(output.resolve("README"), "of somebody else");
        List<String> before = files();

        assertThat(delete("--export-id=orders", "--yes")).isZero();

        assertThat(terminals.out())
                .contains("deleted export orders of topic orders: 1 file in " + output + " and 1 checkpoint in ");
        assertThat(filesButRecords())
                .isEqualTo(before.stream()
                        .filter(name -> !name.equals(underWay)
                                && !name.startsWith("_pagewalk/orders/")
                                && !name.equals("_pagewalk/topic=orders/claim-1.json"))
                        .toList())
                .hasSize(before.size() - 3);
    }

    @Test
    void findsNothingToDeleteTheSecondTime() throws IOException {
        exports.start("orders", "orders", null);

        assertThat(delete("--yes")).isZero();
        assertThat(delete("--yes")).isZero();
        assertThat(delete("--yes", "--export-id=orders")).isZero();

        assertThat(terminals.out().lines().skip(1)).hasSize(2).allMatch(line -> line.startsWith("there is nothing to"));
    }

    @Test
    void removesWhatRunsThatWereKilledLeft(@TempDir Path elsewhere) throws IOException {
        exports.start("orders", "nightly", elsewhere);
        Path left = leave(output);
        Path leftOfLog = leave(elsewhere);

        assertThat(delete("--yes")).isZero();

        assertThat(terminals.err()).contains("removed 2 unfinished files of runs that were killed");
        assertThat(left).doesNotExist();
        assertThat(leftOfLog).doesNotExist();
        assertThat(files()).containsExactly(RECORD);
    }

    @Test
    void removesThemAlsoWithoutALogOrAnExport() throws IOException {
        exports.start("orders", "orders", null);
        Path left = leave(output);
        assertThat(delete("--yes", "--without-log")).isZero();
        assertThat(left).doesNotExist();

        leave(output);
        assertThat(delete("--yes")).isZero();
        assertThat(terminals.out()).contains("there is nothing to delete");
        assertThat(left).doesNotExist();
    }

    /** As a run does that is killed: its lock is free. */
    private static Path leave(Path place) throws IOException {
        Path folder = Files.createDirectories(place.resolve("_pagewalk/tmp=/killed"));
        Files.createFile(folder.resolveSibling("killed.lock"));
        return Files.writeString(folder.resolve("0.tmp"), "unfinished");
    }

    @Test
    void findsALogThatIsElsewhereByTheClaim(@TempDir Path elsewhere) throws IOException {
        exports.start("orders", "nightly", elsewhere);

        assertThat(delete("--yes")).isZero();

        assertThat(elsewhere.resolve("nightly/1/1")).isEmptyDirectory();
        assertThat(files()).containsExactly(RECORD);
    }

    @Test
    void needsAnAnswerOrToBeToldThatNoneIsNeeded() throws IOException {
        exports.start("orders", "orders", null);
        List<String> before = files();

        assertThat(delete()).isEqualTo(2);
        assertThat(terminals.err()).contains("there is no terminal to ask at; --yes deletes without asking");
        terminals.interactive();
        for (String answer : new String[] {"", "no\n", "y\n", "yess\n"}) {
            terminals.input(answer);
            assertThat(delete()).as(answer).isEqualTo(3);
        }
        assertThat(files()).isEqualTo(before);

        terminals.input("yes\n");
        assertThat(delete()).isZero();
        assertThat(terminals.err()).contains("This deletes export orders of topic orders", "by process 1 on host");
        assertThat(files()).containsExactly(RECORD);
    }

    @Test
    void deletesNothingElseThanWhatItAskedFor() throws IOException {
        exports.start("orders", "orders", null);
        terminals.interactive();
        terminals.input(new FilterInputStream(new ByteArrayInputStream("yes\n".getBytes(US_ASCII))) {
            private boolean asked;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!asked) {
                    asked = true;
                    exports.complete("orders", null);
                }
                return super.read(bytes, offset, length);
            }
        });

        assertThat(delete()).isEqualTo(2);

        assertThat(terminals.err()).contains("export orders has changed since it was looked at; nothing was deleted");
        assertThat(output.resolve("_pagewalk/orders/1/1/00000000000000000001.json"))
                .exists();
    }

    @Test
    void refusesWhileARunIsAlive() throws IOException {
        exports.start("orders", "orders", null);
        try (ExportPlaces run = exports.open("orders", null);
                Storage.PendingFile pending = run.output().create("some-file")) {
            pending.stream().write(1);

            assertThat(delete("--yes")).isEqualTo(2);

            assertThat(terminals.err()).contains("a run is alive in " + output);
        }
        assertThat(delete("--yes")).isZero();
    }

    @Test
    void refusesALogThatDoesNotTellEverythingOrIsNotClaimed() throws IOException {
        exports.start("orders", "orders", null);
        exports.complete("orders", null);
        Path entry = output.resolve("_pagewalk/orders/1/1/00000000000000000001.json");
        byte[] content = Files.readAllBytes(entry);
        Files.write(entry, new byte[] {'{', '}'});

        assertThat(delete("--yes")).isEqualTo(2);
        assertThat(terminals.err()).contains("checkpoint 1 in " + output + "/_pagewalk/orders/1/1 is damaged");

        Files.write(entry, content);
        Files.delete(output.resolve("_pagewalk/topic=orders/claim-1.json"));
        assertThat(delete("--yes")).isEqualTo(2);
        assertThat(delete("--yes", "--export-id=orders")).isEqualTo(2);
        assertThat(terminals.err()).contains("export orders has a log, but " + output + " has no claim of it");
        assertThat(entry).exists();
    }

    @Test
    void deletesByNamesWhatALogDoesNotTell() throws IOException {
        exports.start("orders", "orders", null);
        exports.start("orders-0", "other", null);
        String own = name("orders", 2);
        Path entry = output.resolve("_pagewalk/orders/1/1/00000000000000000000.json");
        Files.writeString(output.resolve(own), "of this topic");
        Files.writeString(output.resolve(own.replace("orders-0-", "orders-0-0-")), "of another topic");
        Files.writeString(output.resolve(own.replace("-1-", "-2-")), "of a later generation");
        Files.write(entry, new byte[] {'{', '}'});
        Files.write(output.resolve("_pagewalk/topic=orders/claim-1.json"), new byte[] {'{'});
        List<String> before = files();

        assertThat(delete("--without-log", "--yes")).isEqualTo(2);
        assertThat(terminals.err()).contains("several exports: orders, other; name the export with --export-id");
        assertThat(delete("--without-log", "--yes", "--export-id=orders")).isZero();

        assertThat(terminals.out()).contains("deleted export orders of topic orders, without its log: 1 file in");
        assertThat(filesButRecords())
                .isEqualTo(before.stream()
                        .filter(name -> !name.equals(own)
                                && !name.startsWith("_pagewalk/orders/")
                                && !name.equals("_pagewalk/topic=orders/claim-1.json"))
                        .toList());
        assertThat(output.resolve(RECORD)).exists();
        assertThat(delete("--without-log", "--yes", "--export-id=orders")).isZero();
        assertThat(terminals.out()).contains("no claim of an export is in " + output);
    }

    @Test
    void removesNothingOfALaterGeneration() throws IOException {
        exports.start("orders", "orders", null);
        Files.writeString(output.resolve(name("orders", 2)), "published, not committed");
        String later = name("orders", 2).replace("-1-", "-2-");
        Files.writeString(output.resolve(later), "of the next export");

        assertThat(delete("--yes")).isZero();

        assertThat(filesButRecords()).containsExactly(later);
    }

    @Test
    void leavesARecordThatTellsTheNextGeneration() throws IOException {
        exports.start("orders", "orders", null);

        assertThat(delete("--yes")).isZero();

        assertThat(Files.readString(output.resolve(RECORD)))
                .contains("\"generation\":1", "\"begun\":\"sha256:", "\"next\":\"pw2.");
        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(2);
        assertThat(terminals.err()).contains("there is no export in");
    }

    @Test
    void finishesWhatWasInterruptedBeforeAnythingWasRemoved() throws IOException {
        exports.start("orders", "orders", null);
        Files.writeString(output.resolve(RECORD), """
                {"pagewalk":1,"topic":"orders","generation":1,"export":"orders","digest":null,"begun":null,"next":null}""");

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(2);
        assertThat(terminals.err()).contains("its deletion is not finished: delete it again");
        assertThat(delete("--yes")).isZero();

        assertThat(files()).containsExactly(RECORD);
    }

    @Test
    void finishesWhatWasInterrupted() throws IOException {
        exports.start("orders", "orders", null);
        exports.complete("orders", null);
        Files.delete(output.resolve("_pagewalk/orders/1/1/00000000000000000000.json"));

        assertThat(terminals.run("status", "--output", output.toString())).isEqualTo(2);
        assertThat(terminals.err()).contains("delete it again");
        assertThat(delete("--yes")).isZero();

        assertThat(files()).containsExactly(RECORD);
    }

    private int delete(String... more) {
        String[] arguments = Stream.concat(Stream.of("delete", "--output", output.toString()), Stream.of(more))
                .toArray(String[]::new);
        return terminals.run(arguments);
    }

    private String name(String topic, int partition) throws IOException {
        FileNaming naming = exports.naming(topic);
        return Stream.of(Tokens.token(topic))
                .flatMap(token -> Paginator.plan(token).slices().stream())
                .filter(slice -> slice.partition() == partition)
                .map(slice -> naming.nameOf(slice))
                .findFirst()
                .orElseThrow();
    }

    private List<String> filesButRecords() throws IOException {
        return files().stream().filter(name -> !name.equals(RECORD)).toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(output)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> output.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
