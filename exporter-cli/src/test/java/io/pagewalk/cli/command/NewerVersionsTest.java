package io.pagewalk.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Exports;
import io.pagewalk.cli.console.Terminals;
import io.pagewalk.log.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer Pagewalk wrote is left as it is by every command, and is not called damaged. */
class NewerVersionsTest {
    private static final String NEWER = " was written by a newer Pagewalk: ";

    @TempDir
    private Path output;

    private Exports exports;

    @BeforeEach
    void export() throws IOException {
        exports = new Exports(output);
        exports.start("orders", "orders", null);
        exports.lose("orders", 0, 2);
        exports.complete("orders", null);
    }

    private List<List<String>> commands() {
        return List.of(
                List.of("status", "--output", output.toString()),
                List.of("verify", "--output", output.toString()),
                List.of("delete", "--output", output.toString(), "--yes"),
                List.of("delete", "--output", output.toString(), "--yes", "--without-log"),
                // Nothing listens there: the log is looked at before the cluster.
                List.of(
                        "export",
                        "--bootstrap-server=127.0.0.1:1",
                        "--retry-timeout=1ms",
                        "--topic=orders",
                        "--output=" + output));
    }

    static Stream<Arguments> entries() {
        return Stream.of(Checkpoint.Kind.START, Checkpoint.Kind.LOSS, Checkpoint.Kind.COMPLETE)
                .flatMap(kind -> Stream.of(
                        Arguments.of(
                                kind, "\"" + kind + "\",\"version\":2", "its kind is " + kind + ", version 2, and"),
                        Arguments.of(kind, "\"expiry\",\"version\":1", "its kind is expiry, version 1, which")));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void entriesAreSaidToBeNewerByEveryCommand(Checkpoint.Kind kind, String newer, String said) throws IOException {
        Path entry = entry(kind);
        String sound = Files.readString(entry);
        Files.write(entry, sealed(sound.replace("\"" + kind + "\",\"version\":1", newer)));
        Map<String, String> before = files();

        for (List<String> command : commands()) {
            Terminals terminals = new Terminals();

            int code = terminals.run(command.toArray(String[]::new));

            assertThat(code).as("%s: %s", command, terminals.err()).isEqualTo(2);
            assertThat(errors(terminals))
                    .as("%s", command)
                    .singleElement()
                    .asString()
                    .startsWith("pagewalk: checkpoint " + number(entry) + " in " + entry.getParent() + NEWER + said)
                    .matches(".*; use a newer Pagewalk than this one(, \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?)?");
            assertThat(files()).as("%s", command).isEqualTo(before);
        }
    }

    @Test
    void anEntryThatDoesNotVerifyIsDamagedWhateverItsVersion() throws IOException {
        Path entry = entry(Checkpoint.Kind.COMPLETE);
        Files.writeString(entry, Files.readString(entry).replace("\"version\":1", "\"version\":2"));

        for (List<String> command : commands()) {
            Terminals terminals = new Terminals();

            // It is the last one, because the deletion without a log goes through.
            if (!command.contains("--without-log")) {
                int code = terminals.run(command.toArray(String[]::new));

                assertThat(code).as("%s", command).isEqualTo(command.contains("verify") ? 9 : 2);
                assertThat(terminals.out() + terminals.err())
                        .as("%s", command)
                        .contains("its checksum does not match its content")
                        .doesNotContain("newer");
            }
        }
        assertThat(new Terminals().run("delete", "--output", output.toString(), "--yes", "--without-log"))
                .isZero();
    }

    @Test
    void claimsAreSaidToBeNewerByEveryCommand() throws IOException {
        Path claim = output.resolve("_pagewalk/topic=orders/claim-1.json");
        Files.writeString(
                claim, Files.readString(claim).replace("\"pagewalk\":1", "\"pagewalk\":2,\"more\":{\"than\":[]}"));
        Map<String, String> before = files();

        for (List<String> command : commands()) {
            Terminals terminals = new Terminals();

            int code = terminals.run(command.toArray(String[]::new));

            assertThat(code).as("%s: %s", command, terminals.err()).isEqualTo(2);
            assertThat(errors(terminals))
                    .as("%s", command)
                    .singleElement()
                    .asString()
                    .startsWith("pagewalk: " + claim + NEWER + "it has version 2, and this program reads version 1;");
            assertThat(files()).as("%s", command).isEqualTo(before);
        }
    }

    @Test
    void theFileFormatOfAnExportIsSaidToBeNewer() throws IOException {
        Path entry = entry(Checkpoint.Kind.START);
        String sound = Files.readString(entry);
        String newer = sound.replace("\"jsonl.revision\":\"1\"", "\"jsonl.revision\":\"2\"");
        assertThat(newer).isNotEqualTo(sound);
        Files.write(entry, sealed(newer));
        Terminals terminals = new Terminals();

        assertThat(terminals.run("verify", "--output", output.toString())).isEqualTo(2);

        assertThat(errors(terminals))
                .singleElement()
                .asString()
                .contains(
                        "checkpoint 0 in " + entry.getParent() + ": the file format of the export" + NEWER,
                        "its setting jsonl.revision is 2");
    }

    @Test
    void anotherExportOfTheOutputThatIsNewerKeepsAnAuditFromCallingItsFilesExtra() throws IOException {
        exports.start("returns", "returns", null);
        Path other = output.resolve("_pagewalk/returns/1/1/00000000000000000000.json");
        Files.write(other, sealed(Files.readString(other).replace("\"version\":1", "\"version\":2")));
        Terminals terminals = new Terminals();

        assertThat(terminals.run("verify", "--output", output.toString(), "--export-id=orders"))
                .isEqualTo(2);

        assertThat(errors(terminals))
                .singleElement()
                .asString()
                .startsWith("pagewalk: checkpoint 0 in " + other.getParent() + NEWER + "its kind is start, version 2");
    }

    private static List<String> errors(Terminals terminals) {
        return terminals
                .err()
                .lines()
                .filter(line -> line.startsWith("pagewalk: ") && !line.startsWith("pagewalk: warning: "))
                .toList();
    }

    private Path entry(Checkpoint.Kind kind) throws IOException {
        try (Stream<Path> entries = Files.list(output.resolve("_pagewalk/orders/1/1"))) {
            for (Path entry : entries.toList()) {
                if (Files.readString(entry).contains("\"kind\":\"" + kind + "\"")) {
                    return entry;
                }
            }
        }
        throw new AssertionError(kind);
    }

    private static long number(Path entry) {
        return Long.parseLong(entry.getFileName().toString().replace(".json", ""));
    }

    /** But for locks, which come and go. */
    private Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().contains("/tmp="))
                    .collect(Collectors.toMap(Path::toString, NewerVersionsTest::content, (a, b) -> a, TreeMap::new));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An entry with a checksum that fits, by the rule in docs/output.md. */
    private static byte[] sealed(String entry) {
        String content = entry.substring(0, entry.lastIndexOf(",\"checksum\":\""));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return (content + ",\"checksum\":\"sha256:" + HexFormat.of().formatHex(digest) + "\"}\n").getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
