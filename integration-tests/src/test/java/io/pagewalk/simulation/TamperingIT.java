package io.pagewalk.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a single file or checkpoint of a finished export, {@code verify} finds it, and names it. */
class TamperingIT {
    private static final String LOG = "_pagewalk/" + SimulatedExport.ID + "/1/1/";
    private static final String CLAIM = "_pagewalk/topic=" + SimulatedTopic.NAME + "/claim-1.json";

    @TempDir
    Path output;

    private final Random random = new Random(1);

    static Stream<Arguments> exports() {
        return Stream.of("parquet", "jsonl")
                .filter(format -> LongTests.areAskedFor() || format.equals("parquet"))
                .flatMap(format -> Stream.of(
                        new SimulatedExport(new SimulatedTopic(1, 23, 0, 4, 1), Direction.ASC, 12, 4, format),
                        new SimulatedExport(new SimulatedTopic(2, 8, 4), Direction.DESC, 3, 1, format),
                        new SimulatedExport(SimulatedTopic.withStrays(3, 18, 6), Direction.ASC, 8, 4, format)
                                .settingAside()))
                .map(Arguments::of);
    }

    /** Their checkpoints differ by less than their files. */
    static Stream<Arguments> someExports() {
        return exports().limit(LongTests.count(1, 6));
    }

    @ParameterizedTest
    @MethodSource("exports")
    void findsNothingInAnExportThatIsAsItWasWritten(SimulatedExport export) throws IOException {
        SortedMap<String, byte[]> before = export(export);

        Cli.Result plain = verify().exits(0);
        verify("--deep").exits(0);

        assertThat(plain.out()).contains("Result       as recorded").doesNotContain("finding:");
        assertThat(files()).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("exports")
    void namesEveryDataFileThatIsNotAsItWasWritten(SimulatedExport export) throws IOException {
        SortedMap<String, byte[]> files = export(export);
        List<String> names = files.keySet().stream()
                .filter(name -> !name.startsWith("_pagewalk/") || name.contains("/dead-letters/"))
                .toList();
        assertThat(names).hasSizeGreaterThan(5);
        for (int i = 0; i < names.size(); i++) {
            if (i < names.size() - 1 && !LongTests.isChosen(i, 9)) {
                continue;
            }
            String name = names.get(i);
            byte[] content = files.get(name);
            String other = otherContent(names, files, i);
            assertFound(name, "deleted", () -> Files.delete(output.resolve(name)), files);
            assertFound(name, "cut", () -> write(name, Arrays.copyOf(content, content.length - 1)), files);
            assertFound(name, "emptied", () -> write(name, new byte[0]), files);
            assertFound(name, "longer", () -> write(name, Arrays.copyOf(content, content.length + 1)), files);
            for (int flip = 0; flip < 3; flip++) {
                assertFound(name, "bit flipped", () -> write(name, flipped(content)), files);
            }
            assertFound(other, "overwritten with another", () -> write(other, content), files);
            assertFound(name, "swapped", () -> swap(name, other, files), files);
            assertFound(other, "swapped", () -> swap(name, other, files), files);
            String free = name.replaceFirst(
                    "-[0-9]{20}-[0-9]{20}-", String.format(Locale.ROOT, "-%020d-%020d-", 5000 + i, 6000 + i));
            assertFound(free, "copied to another slice's name", () -> write(free, content), files);
        }
    }

    @ParameterizedTest
    @MethodSource("someExports")
    void namesEveryCheckpointThatIsNotAsItWasWritten(SimulatedExport export) throws IOException {
        SortedMap<String, byte[]> files = export(export);
        int entries = (int)
                files.keySet().stream().filter(name -> name.startsWith(LOG)).count();
        assertThat(entries).isGreaterThan(3);
        for (int i = 0; i < entries; i++) {
            if (!LongTests.isChosen(i, 2)) {
                continue;
            }
            String name = entry(i);
            String said = "checkpoint " + i;
            byte[] content = files.get(name);
            assertFound(said, "deleted", () -> Files.delete(output.resolve(name)), files);
            assertFound(said, "cut", () -> write(name, Arrays.copyOf(content, content.length - 1)), files);
            assertFound(said, "emptied", () -> write(name, new byte[0]), files);
            for (int flip = 0; flip < 3; flip++) {
                assertFound(said, "bit flipped", () -> write(name, flipped(content)), files);
            }
            for (int j = 0; j <= entries; j++) {
                String other = entry(j);
                if (i != j) {
                    assertFound("checkpoint " + j, "copied", () -> write(other, content), files);
                }
                if (j < entries && i < j) {
                    assertFound("checkpoint " + j, "swapped", () -> swap(name, other, files), files);
                    assertFound(said, "swapped", () -> swap(name, other, files), files);
                }
            }
        }
    }

    /** It is not even a finding: nothing is wrong with it. */
    @ParameterizedTest
    @MethodSource("someExports")
    void saysThatAnyCheckpointIsNewerAndLeavesAllAsItIs(SimulatedExport export) throws IOException {
        SortedMap<String, byte[]> files = export(export);
        for (String name : files.keySet()) {
            if (name.startsWith(LOG)) {
                String entry = new String(files.get(name), UTF_8);
                write(name, sealedAnew(entry.replaceFirst("\"version\":1", "\"version\":2")));
                SortedMap<String, byte[]> newer = files();

                assertSaidToBeNewer(verify());
                assertSaidToBeNewer(Cli.run("delete", "--output", output.toString(), "--yes"));
                assertSaidToBeNewer(Cli.run("delete", "--output", output.toString(), "--yes", "--without-log"));

                assertThat(files()).usingRecursiveComparison().isEqualTo(newer);
                restore(files);
            }
        }
    }

    private static void assertSaidToBeNewer(Cli.Result result) {
        result.exits(2);
        assertThat(result.out()).doesNotContain("finding:");
        assertThat(result.err())
                .contains(
                        " was written by a newer Pagewalk: its kind is ",
                        ", version 2, and this program reads version 1")
                .doesNotContain("damaged");
    }

    @Test
    void namesTheClaimThatIsMissingOrDamaged() throws IOException {
        SortedMap<String, byte[]> files =
                export((SimulatedExport) exports().findFirst().orElseThrow().get()[0]);
        byte[] claim = files.get(CLAIM);

        assertFound(CLAIM, "deleted", () -> Files.delete(output.resolve(CLAIM)), files);
        assertFound(CLAIM, "cut", () -> write(CLAIM, Arrays.copyOf(claim, 10)), files);
        assertFound(CLAIM, "emptied", () -> write(CLAIM, new byte[0]), files);
    }

    @Test
    void saysThatALogIsGone() throws IOException {
        SortedMap<String, byte[]> files =
                export((SimulatedExport) exports().findFirst().orElseThrow().get()[0]);

        assertFound(
                "there is no checkpoint: the export's log is gone",
                "log deleted",
                () -> {
                    for (String name : files.keySet()) {
                        if (name.startsWith(LOG)) {
                            Files.delete(output.resolve(name));
                        }
                    }
                },
                files);
    }

    private SortedMap<String, byte[]> export(SimulatedExport export) throws IOException {
        export.run(LocalStorage.open(output, "_pagewalk/tmp=", "run-1"), "run-1");
        return files();
    }

    private interface Tampering {
        void apply() throws IOException;
    }

    private void assertFound(String said, String how, Tampering tampering, SortedMap<String, byte[]> files)
            throws IOException {
        tampering.apply();

        Cli.Result result = verify();

        assertThat(result.code())
                .as("%s %s: %s%s", said, how, result.out(), result.err())
                .isEqualTo(9);
        assertThat(result.out()
                        .lines()
                        .filter(line -> line.startsWith("finding: ") && line.matches(".*\\b\\Q" + said + "\\E\\b.*")))
                .as("%s %s: %s", said, how, result.out())
                .isNotEmpty();
        restore(files);
    }

    private Cli.Result verify(String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--output", output.toString()));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private void restore(SortedMap<String, byte[]> files) throws IOException {
        for (String name : files().keySet()) {
            if (!files.containsKey(name)) {
                Files.delete(output.resolve(name));
            }
        }
        for (String name : files.keySet()) {
            write(name, files.get(name));
        }
    }

    private SortedMap<String, byte[]> files() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(output)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(output.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(output.resolve(name), content);
    }

    /** An entry with a checksum that fits, by the rule in docs/output.md. */
    private static byte[] sealedAnew(String entry) {
        String content = entry.substring(0, entry.lastIndexOf(",\"checksum\":\""));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return (content + ",\"checksum\":\"sha256:" + HexFormat.of().formatHex(digest) + "\"}\n").getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void swap(String one, String other, SortedMap<String, byte[]> files) throws IOException {
        write(one, files.get(other));
        write(other, files.get(one));
    }

    private byte[] flipped(byte[] content) {
        byte[] flipped = content.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        } else {
            flipped = new byte[] {1};
        }
        return flipped;
    }

    /** A file with other bytes: those without records may all be the same. */
    private static String otherContent(List<String> names, SortedMap<String, byte[]> files, int index) {
        for (int i = 1; i < names.size(); i++) {
            String other = names.get((index + i) % names.size());
            if (!Arrays.equals(files.get(other), files.get(names.get(index)))) {
                return other;
            }
        }
        throw new AssertionError("all files are the same");
    }

    private static String entry(int sequence) {
        return LOG + String.format(Locale.ROOT, "%020d.json", sequence);
    }
}
