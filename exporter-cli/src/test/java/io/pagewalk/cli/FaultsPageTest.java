package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.failure.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of {@code docs/faults.md} says what to do, and names a test that there is. */
class FaultsPageTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> HEADER = List.of("fault", "what happens", "exit code", "what to do", "tests");
    private static final Pattern TESTS = Pattern.compile("`[A-Z]\\w+\\.\\w+`(, `[A-Z]\\w+\\.\\w+`)*");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern CODE = Pattern.compile("[0-9]+");
    private static final Pattern PARENT = Pattern.compile("class \\w+\\s+extends (\\w+)");
    private static final int SIGNALLED = 128;

    private final Map<String, String> sources = sources();

    @Test
    void everyRowIsWhole() throws IOException {
        Set<String> codes = Stream.concat(
                        Arrays.stream(ExitCode.values()).map(ExitCode::code), Stream.of(SIGNALLED, SIGNALLED + 9))
                .map(String::valueOf)
                .collect(Collectors.toSet());

        for (List<String> row : rows()) {
            assertThat(row).hasSize(HEADER.size()).noneMatch(String::isBlank);
            assertThat(CODE.matcher(row.get(2)).results().map(code -> code.group()))
                    .as("exit codes of %s", row)
                    .isNotEmpty()
                    .isSubsetOf(codes);
            assertThat(row.get(4)).matches(TESTS);
        }
    }

    @Test
    void everyFaultIsThereOnce() throws IOException {
        // Some begin with a pronoun: what happens tells them apart.
        assertThat(rows()).extracting(row -> row.get(0) + ": " + row.get(1)).doesNotHaveDuplicates();
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (List<String> row : rows()) {
            Matcher test = TEST.matcher(row.get(4));
            while (test.find()) {
                if (!hasTest(test.group(1), test.group(2))) {
                    missing.add(test.group());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs").resolve("faults.md"))) {
            if (line.startsWith("|") && !line.startsWith("|---")) {
                List<String> cells = Stream.of(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList();
                assertThat(cells.get(cells.size() - 1))
                        .as("behind the last | of %s", line)
                        .isEmpty();
                rows.add(cells.subList(0, cells.size() - 1));
            }
        }
        assertThat(rows.removeAll(List.of(HEADER))).isTrue();
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /** Of its own, or inherited. */
    private boolean hasTest(String className, String method) {
        String source = sources.get(className);
        if (source == null) {
            return false;
        }
        // Between the annotation and the method there may be others, but no end of a statement.
        if (Pattern.compile("@(Parameterized|Repeated)?Test\\b[^;]*?\\bvoid " + method + "\\(")
                .matcher(source)
                .find()) {
            return true;
        }
        Matcher parent = PARENT.matcher(source);
        return parent.find() && hasTest(parent.group(1), method);
    }

    /** Of all classes of tests, by their names. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve(Path.of("src", "test", "java")))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                            .toList()) {
                        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }
}
