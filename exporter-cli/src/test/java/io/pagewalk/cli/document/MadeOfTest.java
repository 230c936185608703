package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.plan.DeadLettersOf;
import org.junit.jupiter.api.Test;

class MadeOfTest {
    @Test
    void hasTheseMembers() {
        assertThat(MadeOf.of(null)).isNull();
        assertThat(Json.line(MadeOf.of(new DeadLettersOf("nightly", 2, "c", 3))))
                .isEqualTo("{\"exportId\":\"nightly\",\"generation\":2,\"records\":3}");
    }
}
