package io.pagewalk.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AdvicesTest {
    @Test
    void namesTheOptionThatDoesIt() {
        UsageException failure = new UsageException("out holds several exports: a, b", Advice.NAME_THE_EXPORT);

        assertThat(Advices.message(failure)).isEqualTo("out holds several exports: a, b; choose one with --export-id");
    }

    @Test
    void namesAnOptionForEveryAdvice() {
        assertThat(Arrays.stream(Advice.values())
                        .filter(advice -> advice != Advice.NONE)
                        .map(advice -> Advices.message(new UsageException("x", advice))))
                .allMatch(message -> message.startsWith("x; ") && message.contains("--"));
    }

    @Test
    void passesOnWhatHasNone() {
        assertThat(Advices.message(new UsageException("the disk is full"))).isEqualTo("the disk is full");
    }
}
