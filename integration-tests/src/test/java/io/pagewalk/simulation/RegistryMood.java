package io.pagewalk.simulation;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.internal.schema.registry.StandInRegistry.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What a registry is like for a while.
 *
 * @param schemas the texts that it knows, by their ids
 * @param failing how it fails those who ask, if it does
 */
record RegistryMood(Map<Integer, String> schemas, Failing failing) {
    /** How a registry may fail. */
    enum Failing {
        NOT,
        WITH_500,
        HANGING_UP,
        SILENT,
        /** Every other request, so that it fails between two questions of one decision. */
        NOW_AND_THEN
    }

    private static final Duration IMPATIENT = Duration.ofMillis(60);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** One that knows all that it is asked for, and answers. */
    static RegistryMood calm(Map<Integer, String> schemas) {
        return new RegistryMood(schemas, Failing.NOT);
    }

    /**
     * Any: it has forgotten some of what was known, has learned some, or has changed its mind.
     *
     * @param all that it may know, several texts for an id that may mean either
     */
    static RegistryMood any(RandomGenerator random, Map<Integer, String[]> all) {
        Map<Integer, String> schemas = new TreeMap<>();
        all.forEach((id, texts) -> {
            if (random.nextBoolean()) {
                schemas.put(id, texts[random.nextInt(texts.length)]);
            }
        });
        Failing[] ways = Failing.values();
        return new RegistryMood(schemas, random.nextInt(3) > 0 ? Failing.NOT : ways[random.nextInt(ways.length)]);
    }

    /** How long one that fails is waited for. */
    Duration retryTimeout() {
        return failing == Failing.NOT || failing == Failing.NOW_AND_THEN ? PATIENT : IMPATIENT;
    }

    /** Puts a registry into it. */
    void of(StandInRegistry registry, String subject) {
        for (int id = 0; id < 10; id++) {
            registry.forget(id);
        }
        schemas.forEach((id, text) -> registry.registerAs(id, subject, "AVRO", text));
        registry.delay(failing == Failing.SILENT ? 2 * IMPATIENT.toMillis() : 0);
        switch (failing) {
            case WITH_500 -> registry.answer(request -> Answer.error(500, 50001));
            case HANGING_UP -> registry.answer(request -> Answer.hangUp());
            case NOW_AND_THEN -> registry.answerNext(1, Answer.error(503, 50301));
            case NOT, SILENT -> registry.answer(request -> null);
        }
    }
}
