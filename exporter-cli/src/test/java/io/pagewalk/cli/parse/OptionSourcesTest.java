package io.pagewalk.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.CommandRunner;
import io.pagewalk.cli.Tokens;
import io.pagewalk.cli.console.Terminals;
import io.pagewalk.cli.option.ConnectionOptions;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.payload.PayloadFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OptionSourcesTest {
    private final Terminals terminals = new Terminals();
    private Path file;

    @BeforeEach
    void createFile(@TempDir Path directory) {
        file = directory.resolve("pagewalk.properties");
    }

    @Test
    void takesTheCommandLineBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Files.writeString(file, "topic=from-file\npage-size=1\nfile-size=1\n");
        terminals.environment.put("PAGEWALK_TOPIC", "from-environment");
        terminals.environment.put("PAGEWALK_PAGE_SIZE", "2");

        CommandLine plan = parse("plan", "--bootstrap-server=b:1", "--config", file.toString(), "--topic", "given");

        assertThat(value(plan, "--topic")).isEqualTo("given");
        assertThat(value(plan, "--page-size")).hasToString("2");
        assertThat(value(plan, "--file-size")).hasToString("1");
    }

    @Test
    void readsAFileWithAByteOrderMark() throws IOException {
        Files.writeString(file, "\ufefftopic=marked\n");

        assertThat(value(parse("plan", "--bootstrap-server=b:1", "--config=" + file), "--topic"))
                .isEqualTo("marked");
    }

    @Test
    void tellsOfABlankInATopicsName() {
        assertThat(terminals.run("plan", "--bootstrap-server=b:1", "--topic", "orders "))
                .isEqualTo(2);

        assertThat(terminals.err()).contains("--topic 'orders '", "it has a blank, maybe at its end");
        terminals.run("plan", "--bootstrap-server=b:1", "--topic", "or\u2028ders");
        assertThat(terminals.err()).contains("--topic 'or ders'");
    }

    @Test
    void namesAVariableThatIsNotSet() {
        String setting = "sasl.jaas.config=X required password=\"${env:NO_SUCH_PASSWORD}\";";

        assertThat(terminals.run("plan", "--bootstrap-server=b:1", "--topic=t", "--command-property", setting))
                .isEqualTo(2);

        assertThat(terminals.err())
                .isEqualTo("pagewalk: the client setting sasl.jaas.config refers to the environment variable"
                        + " NO_SUCH_PASSWORD, which is not set\n");
    }

    @Test
    void takesTheLastOccurrenceOfAnOption() {
        CommandLine plan = parse("plan", "--bootstrap-server=b:1", "--topic=a", "--topic", "b");

        assertThat(value(plan, "--topic")).isEqualTo("b");
    }

    @Test
    void mergesClientPropertiesKeyByKey() throws IOException {
        Files.writeString(file, "command-property=a=file\\nb=file\\nc=file\n");
        terminals.environment.put("PAGEWALK_COMMAND_PROPERTY", "b=environment\nc=environment");

        CommandLine plan =
                parse("plan", "--bootstrap-server=b:1", "--topic=t", "--config=" + file, "--command-property", "c=x=y");

        ConnectionOptions connection = (ConnectionOptions)
                plan.getCommandSpec().mixins().get("connection").userObject();
        assertThat(connection.clientProperties())
                .containsEntry("a", "file")
                .containsEntry("b", "environment")
                .containsEntry("c", "x=y");
    }

    @Test
    void takesTheConfigFileFromTheEnvironment() throws IOException {
        Files.writeString(file, "topic=from-file\n");
        terminals.environment.put("PAGEWALK_CONFIG", file.toString());

        assertThat(value(parse("plan", "--bootstrap-server=b:1"), "--topic")).isEqualTo("from-file");
    }

    @Test
    void readsTheConfigFileAsUtf8() throws IOException {
        Files.writeString(file, "export-id=x\noutput=/tmp/größe\n");

        CommandLine status = parse("status", "--config", file.toString());

        assertThat(value(status, "--output")).hasToString("/tmp/größe");
    }

    @Test
    void ignoresWhatOnlyOtherCommandsHave() throws IOException {
        Files.writeString(file, "max-pages=3\nquiet=true\ntopic=t\n");
        terminals.environment.put("PAGEWALK_THREADS", "not looked at");

        assertThat(value(parse("plan", "--bootstrap-server=b:1", "--config", file.toString()), "--topic"))
                .isEqualTo("t");
    }

    @Test
    void setsFlagsFromTheEnvironmentAndTheFile() throws IOException {
        Files.writeString(file, "quiet=TRUE\n");
        terminals.environment.put("PAGEWALK_DEBUG", "false");

        CommandLine export =
                parse("export", "--bootstrap-server=b:1", "--topic=t", "--output=o", "--config=" + file.toString());

        assertThat(value(export, "--quiet")).isEqualTo(true);
        assertThat(value(export, "--debug")).isEqualTo(false);
    }

    @Test
    void takesAnEmptyVariableForUnset() throws IOException {
        Files.writeString(file, "topic=from-file\n");
        terminals.environment.put("PAGEWALK_TOPIC", "");

        assertThat(value(parse("plan", "--bootstrap-server=b:1", "--config", file.toString()), "--topic"))
                .isEqualTo("from-file");
    }

    @Test
    void leavesOutWhatTheCommandLineOverridesEvenIfItIsWrong() {
        terminals.environment.put("PAGEWALK_RECORDS", "many");

        CommandLine page = parse("page", "--bootstrap-server=b:1", "--topic=t", "--records", "7");

        assertThat(value(page, "--records")).isEqualTo(7);
    }

    @Test
    void namesFileAndKeyOfAnUnknownKey() throws IOException {
        Files.writeString(file, "page_size=5\n");

        int code = terminals.run("plan", "--config", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(terminals.err())
                .isEqualTo(
                        "pagewalk: --config " + file + ": unknown key 'page_size' (did you mean page-size?); keys are"
                                + " the names of options without their dashes\n");
    }

    @Test
    void refusesAFileThatIsMissingOrNoPropertiesFile(@TempDir Path directory) throws IOException {
        Path latin1 = Files.write(directory.resolve("latin1"), new byte[] {'a', '=', (byte) 0xe4});
        Path escapes = Files.writeString(directory.resolve("escapes"), "output=C:\\users\n");

        for (Path wrong : List.of(file, directory, latin1, escapes)) {
            assertThat(terminals.run("plan", "--config", wrong.toString())).isEqualTo(2);
        }

        assertThat(terminals.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(file + " cannot be read: no such file: " + file),
                        line -> assertThat(line).endsWith(directory + " cannot be read: it is a directory"),
                        line -> assertThat(line).endsWith(latin1 + " is not in UTF-8"),
                        line -> assertThat(line).contains(escapes + " is not a properties file"));
    }

    @Test
    void refusesAFileNameThatIsNone() {
        assertThat(terminals.run("plan", "--config", "http://host/file")).isEqualTo(2);

        assertThat(terminals.err()).startsWith("pagewalk: --config 'http://host/file': the scheme 'http' is not");
    }

    @Test
    void saysWhereAWrongValueCameFrom() throws IOException {
        Files.writeString(file, "file-size=big\n");
        terminals.environment.put("PAGEWALK_PAGE_SIZE", "0");
        terminals.environment.put("PAGEWALK_THREADS", "many");

        terminals.run("plan", "--bootstrap-server=b:1", "--topic=t", "--page-size=x");
        terminals.run("plan", "--bootstrap-server=b:1", "--topic=t");
        terminals.run("plan", "--bootstrap-server=b:1", "--topic=t", "--page-size=1", "--config", file.toString());
        terminals.run("export", "--bootstrap-server=b:1", "--topic=t", "--page-size=1", "--output=o");

        assertThat(terminals.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("pagewalk: --page-size 'x' is neither"),
                        line -> assertThat(line).startsWith("pagewalk: PAGEWALK_PAGE_SIZE '0' is neither"),
                        line -> assertThat(line).startsWith("pagewalk: file-size in " + file + " 'big' is neither"),
                        line -> assertThat(line).contains("'many' is not an int (from PAGEWALK_THREADS)"));
    }

    @Test
    void showsHelpWhateverTheEnvironmentSays() {
        terminals.environment.put("PAGEWALK_PAGE_SIZE", "nonsense");
        terminals.environment.put("PAGEWALK_CONFIG", "/nowhere");

        assertThat(terminals.run("plan", "--help")).isZero();
    }

    @Test
    void doesNotTakeTheSizeOfAnExportsPagesForThatOfAListing() throws IOException {
        Files.writeString(file, "page-size=7\nrecords=8\ntopic=t\n");
        String[] shared = {"--bootstrap-server=b:1", "--config=" + file};

        assertThat(value(parse("page", shared), "--records")).isEqualTo(8);
        assertThat(value(parse("plan", shared), "--page-size")).hasToString("7");
        terminals.environment.put("PAGEWALK_PAGE_SIZE", "1GiB");
        assertThat(value(parse("page", shared), "--records")).isEqualTo(8);
        assertThat(value(parse("plan", shared), "--page-size")).hasToString("1GiB");

        assertThat(terminals.run("page", "--bootstrap-server=b:1", "--topic=t", "--page-size=7"))
                .isEqualTo(2);
        assertThat(terminals.err()).contains("unknown option --page-size");
    }

    @Test
    void letsOnlyTheCommandLineContradictAToken() throws IOException {
        Files.writeString(file, "topic=other\nfrom=offset:3\nto=2026-01-01\npartitions=0,3-5\ndirection=desc\n");
        terminals.environment.put("PAGEWALK_RECORDS", "7");
        terminals.environment.put("PAGEWALK_ISOLATION_LEVEL", "read_uncommitted");
        terminals.environment.put("PAGEWALK_VALUE_FORMAT", "string");
        String token = Tokens.token("orders").encode();

        CommandLine first = parse("page", "--bootstrap-server=b:1", "--config=" + file);
        CommandLine next = parse("page", "--bootstrap-server=b:1", "--config=" + file, "--page-token", token);
        CommandLine contradicted =
                parse("page", "--bootstrap-server=b:1", "--config=" + file, "--page-token=-", "--topic=given");
        terminals.environment.put("PAGEWALK_PAGE_TOKEN", token);
        CommandLine fromEnvironment = parse("page", "--bootstrap-server=b:1", "--config=" + file);

        List<String> bound =
                List.of("--topic", "--from", "--to", "--partitions", "--direction", "--records", "--isolation-level");
        assertThat(bound)
                .allSatisfy(option -> assertThat(value(first, option)).isNotNull())
                .allSatisfy(option -> assertThat(value(next, option)).isNull())
                .allSatisfy(option -> assertThat(value(fromEnvironment, option)).isNull());
        assertThat(value(contradicted, "--topic")).isEqualTo("given");
        assertThat(value(next, "--value-format")).isEqualTo(new PayloadChoice(PayloadFormat.STRING));
    }

    private CommandLine parse(String command, String[] arguments) {
        return parse(Stream.concat(Stream.of(command), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private CommandLine parse(String... arguments) {
        CommandLine line = new CommandRunner(terminals.console()).commandLine();
        String[] complete = new OptionSources(terminals.environment).complete(line, arguments);
        CommandLine command =
                line.parseArgs(complete).subcommand().commandSpec().commandLine();
        assertThat(Arrays.asList(complete)).startsWith(arguments[0]);
        return command;
    }

    private static Object value(CommandLine command, String option) {
        return command.getCommandSpec().findOption(option).getValue();
    }
}
