package io.pagewalk.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.CommandRunner;
import io.pagewalk.cli.console.Terminals;
import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvicesTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @Test
    void namesTheOptionThatDoesIt() {
        UsageException failure = new UsageException("out holds several exports: a, b", Advice.NAME_THE_EXPORT);

        assertThat(Advices.message(failure))
                .isEqualTo("out holds several exports: a, b; name the export with --export-id");
    }

    @Test
    void namesAnOptionForEveryAdvice() {
        assertThat(messages()).allMatch(message -> message.startsWith("x; ") && message.contains("--"));
    }

    @Test
    void namesOnlyOptionsThatThereAre() {
        Set<String> options = new CommandRunner(new Terminals().console())
                .commandLine().getSubcommands().values().stream()
                        .flatMap(command -> command.getCommandSpec().options().stream())
                        .flatMap(option -> Arrays.stream(option.names()))
                        .collect(Collectors.toSet());

        Set<String> named = messages()
                .flatMap(message -> OPTION.matcher(message).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(options).containsAll(named);
    }

    @ParameterizedTest
    @CsvSource({"KEY, --key-format", "VALUE, --value-format", "HEADER, --header-format", "TIMESTAMP, --timestamp-unit"})
    void namesWhatTheRecordDoesNotFitInto(BadRecordException.Part part, String option) {
        assertThat(Advices.message(new BadRecordException(part, "why", "x")))
                .isEqualTo("x; set such records aside with --on-bad-record dead-letter, or start a new export into an"
                        + " empty output with another " + option);
        assertThat(Advices.message(new FormatMismatchException("x", Advice.SET_RECORDS_ASIDE)))
                .endsWith("with another format");
    }

    @Test
    void doesNotTellAPageToRecordALoss() {
        DataLossException loss = new DataLossException(3, 9, "x", null);

        assertThat(Advices.message(loss)).contains("--on-data-loss record");
        assertThat(Advices.message(loss.ofSinglePage()))
                .startsWith("x; begin anew with a fresh token")
                .doesNotContain("--on-data-loss");
    }

    @Test
    void passesOnWhatHasNone() {
        assertThat(Advices.message(new UsageException("the disk is full"))).isEqualTo("the disk is full");
        assertThat(new UsageException("the disk is full", Advice.NONE)).hasMessage("the disk is full");
    }

    private static Stream<String> messages() {
        return Arrays.stream(Advice.values())
                .filter(advice -> advice != Advice.NONE)
                .map(advice -> Advices.message(new UsageException("x", advice)));
    }
}
