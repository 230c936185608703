package io.pagewalk.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaChoiceTest {
    @ParameterizedTest
    @ValueSource(strings = {":.eu:orders-value", ":.:orders-value", ":.eu:*"})
    void takesNoSubjectThatNamesAContext(String subject) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> choice("orders-*", subject))
                .withMessageContaining("the subject " + subject + " begins with a context")
                .satisfies(e -> assertThat(e.advice()).isEqualTo(Advice.NAME_THE_CONTEXT));
    }

    @Test
    void takesSubjectsWithColons() {
        assertThat(choice("a:.b", ":c").subjects()).containsExactly("a:.b", ":c");
    }

    private static SchemaChoice choice(String... subjects) {
        return new SchemaChoice("avro", SchemaChoice.ALL, List.of(subjects), "", false, "", null);
    }
}
