package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.contender.Contender;
import io.pagewalk.benchmark.macro.kafka.Topic;

/**
 * A contender in a scenario.
 *
 * @param name its name there
 * @param base the name of the entrant it is compared with; its own if it is the base of others
 */
record Entrant(String name, Contender contender, Topic topic, String base) {}
