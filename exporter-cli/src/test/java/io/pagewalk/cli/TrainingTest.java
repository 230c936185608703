package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A training run in which a command fails leaves classes out of the archive, and nobody would notice. */
@Timeout(60)
class TrainingTest {
    @Test
    void takesEveryCommandToItsEnd() throws Exception {
        assertThat(Training.train()).isEmpty();
    }
}
