package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.console.Terminals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
    private static final List<String> COMMANDS =
            List.of("export", "plan", "page", "serve", "status", "verify", "delete", "token");

    private final Terminals terminals = new Terminals();

    @Test
    void describesEveryOptionAndArgument() {
        Map<String, CommandLine> commands =
                new CommandRunner(terminals.console()).commandLine().getSubcommands();

        assertThat(commands.keySet()).containsAll(COMMANDS).contains("generate-completion", "help");
        commands.forEach((name, command) -> {
            for (ArgSpec argument : command.getCommandSpec().args()) {
                assertThat(String.join("", argument.description()))
                        .as(name + " " + argument)
                        .isNotBlank();
            }
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
        });
    }

    @Test
    void showsEveryOptionOnceUnderAHeading() {
        for (String name : COMMANDS) {
            Terminals each = new Terminals();
            CommandLine command = new CommandRunner(each.console())
                    .commandLine()
                    .getSubcommands()
                    .get(name);

            assertThat(each.run(name, "--help")).isZero();

            for (OptionSpec option : command.getCommandSpec().options()) {
                String row = " +(-., )?" + option.longestName() + "(=.*| {2,}.*)?";
                assertThat(each.out().lines().filter(line -> line.matches(row)))
                        .as(name + " " + option.longestName())
                        .hasSize(1);
            }
            assertThat(each.out()).contains("General:\n", "Exit codes:\n").doesNotContain("DEFAULT-VALUE", "%n");
            assertThat(each.err()).isEmpty();
        }
    }

    @Test
    void noHeadingIsEmptyAndEachHasSomethingUnderIt() {
        for (String name : new CommandRunner(terminals.console())
                .commandLine()
                .getSubcommands()
                .keySet()) {
            Terminals each = new Terminals();
            assertThat(each.run(name, "--help")).as(name).isZero();

            List<String> lines = each.out().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i)).as(name + " line " + i).isNotEqualTo(":");
                if (lines.get(i).matches("[A-Z][a-z]+( [a-z]+)?:")) {
                    assertThat(lines.subList(i + 1, lines.size()))
                            .as(name + " under " + lines.get(i))
                            .first()
                            .asString()
                            .startsWith("  ");
                }
            }
        }
    }

    @Test
    void theServersOptionsAreUnderItsHeadingAndTheSecretsUnderAnother() {
        terminals.run("serve", "--help");

        assertThat(terminals.out())
                .containsPattern("\nServer:\n +--listen=")
                .containsPattern("\nSecret:\n +--secret-file=");
    }

    @Test
    void fitsIntoAHundredColumns() {
        for (String name : COMMANDS) {
            terminals.run(name, "--help");
        }
        terminals.run("--help");

        assertThat(terminals.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void showsDefaults() {
        terminals.run("export", "--help");

        assertThat(terminals.out().replaceAll("\\s+", " "))
                .contains(
                        "(default: 1GiB)",
                        "(default: 128MiB, or an eighth of a smaller page)",
                        "(default: 45s)",
                        "(default: earliest)");
    }

    @Test
    void showsTheVersionOnStandardOutput() {
        assertThat(terminals.run("--version")).isZero();
        assertThat(terminals.run("-V")).isZero();

        assertThat(terminals.out().lines()).hasSize(2).allMatch(line -> line.startsWith("pagewalk "));
    }

    @Test
    void printsACompletionScript() {
        assertThat(terminals.run("generate-completion")).isZero();

        assertThat(terminals.out()).contains("--bootstrap-server").contains("complete -F");
    }
}
