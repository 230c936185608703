/**
 * Pagewalk beside what people use today: whole processes, run in turn on the same topic, paired round by round.
 *
 * <p>{@code benchmarks/run} starts {@link io.pagewalk.benchmark.macro.Benchmarks}. {@code contender} says what is run,
 * {@code measure} what it cost, {@code report} what to make of it.
 */
@NullMarked
package io.pagewalk.benchmark.macro;

import org.jspecify.annotations.NullMarked;
