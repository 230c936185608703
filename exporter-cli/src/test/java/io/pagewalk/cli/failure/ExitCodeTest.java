package io.pagewalk.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.console.Terminals;
import io.pagewalk.error.Advice;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.ReadersBusyException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    private static final Map<PagewalkException, Integer> CODES = Map.of(
            new ExportFailedException("x"), 1,
            new PageDeadlineException("x", true), 1,
            new ReadersBusyException("x"), 1,
            new UsageException("x"), 2,
            new StoppedException("x"), 3,
            new DataLossException(0, 1, "x", null), 4,
            new FencedException("x"), 5,
            new FormatMismatchException("x"), 6,
            new TopicChangedException("x"), 7,
            new TableChangedException("x", Advice.NONE), 10);

    @Test
    void isStableForEveryFailure() {
        CODES.forEach((failure, code) -> assertThat(Failure.of(failure).code().code())
                .as(failure.toString())
                .isEqualTo(code));
        assertThat(CODES.keySet())
                .extracting(Object::getClass)
                .hasSameElementsAs(java.util.Arrays.asList(PagewalkException.class.getPermittedSubclasses()));
    }

    @Test
    void everyOneHasItsPlaceAmongTheGravest() {
        for (ExitCode code : ExitCode.values()) {
            assertThat(ExitCode.gravest(List.of(ExitCode.COMPLETE, code))).isEqualTo(code);
        }
        assertThat(ExitCode.gravest(List.of(ExitCode.STOPPED, ExitCode.FAILED, ExitCode.TOPIC_CHANGED)))
                .isEqualTo(ExitCode.TOPIC_CHANGED);
        assertThat(ExitCode.gravest(List.of())).isEqualTo(ExitCode.COMPLETE);
    }

    @Test
    void isListedInEveryHelp() {
        for (String command : new String[] {"export", "plan", "page", "serve", "status", "verify", "delete", "token"}) {
            Terminals terminals = new Terminals();
            terminals.run(command, "--help");

            for (ExitCode code : ExitCode.values()) {
                assertThat(terminals.out().lines())
                        .as(command)
                        .anyMatch(line -> line.startsWith("  " + code.code() + "   "));
            }
        }
    }
}
