package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Another program that uses the library has no options and no variables of the command line. */
class OptionNamesTest {
    private static final List<String> LIBRARY = List.of("exporter-core", "exporter-sinks", "checkpoints", "exporter");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(//|/\\*|\\*).*");
    /** {@code --name}, {@code --} in front of a name that is not in the text, {@code -D}, or a variable. */
    private static final Pattern OPTION =
            Pattern.compile("(?<![\\w-])(--[a-z]|--$|-[A-Za-z](?![\\w-]))|PAGEWALK_[A-Z]");

    @Test
    void knowsAnOption() {
        assertThat(List.of("use --topic", "--", "(--topic)", "set -D a=b", "PAGEWALK_TOPIC is missing"))
                .allMatch(text -> OPTION.matcher(text).find());
        assertThat(List.of("-----BEGIN ", "topic-0", "read-only", "a - b", "0-9A-Z"))
                .noneMatch(text -> OPTION.matcher(text).find());
    }

    @Test
    void areInNoTextOfTheLibrary() throws IOException {
        List<String> found = new ArrayList<>();
        int texts = 0;
        for (Path file : sources()) {
            for (String line : Files.readAllLines(file)) {
                Matcher literal = LITERAL.matcher(COMMENT.matcher(line).matches() ? "" : line);
                while (literal.find()) {
                    texts++;
                    if (OPTION.matcher(literal.group(1)).find()) {
                        found.add(file.getFileName() + ": " + literal.group());
                    }
                }
            }
        }
        assertThat(texts).isGreaterThan(1000);
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : LIBRARY) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
