package io.pagewalk.benchmark.macro.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void isMarkdownThatIsAlignedAsPlainText() {
        Table table = new Table(List.of("name", "s"));

        table.add(List.of("longer", "1.00"));

        assertThat(table).hasToString("""
                        | name   |    s |
                        | ------ | ---: |
                        | longer | 1.00 |
                        """);
    }

    @Test
    void refusesARowOfAnotherWidth() {
        Table table = new Table(List.of("name", "s"));

        assertThatIllegalArgumentException().isThrownBy(() -> table.add(List.of("x")));
    }
}
