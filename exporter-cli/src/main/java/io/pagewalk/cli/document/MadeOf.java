package io.pagewalk.cli.document;

import io.pagewalk.plan.DeadLettersOf;
import org.jspecify.annotations.Nullable;

/**
 * The export whose dead letters another one is made of.
 *
 * @param exportId its name
 * @param generation its generation
 * @param records how many records it has set aside
 */
record MadeOf(String exportId, int generation, long records) {
    /** Null for an export of a topic. */
    static @Nullable MadeOf of(@Nullable DeadLettersOf deadLetters) {
        return deadLetters == null
                ? null
                : new MadeOf(deadLetters.exportId(), deadLetters.generation(), deadLetters.records());
    }
}
