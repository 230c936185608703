/**
 * The hot pieces alone, with JMH, and the records that all benchmarks use.
 *
 * <p>{@code benchmarks/jmh} runs them; whole processes are the business of {@link io.pagewalk.benchmark.macro}.
 */
@NullMarked
package io.pagewalk.benchmark;

import org.jspecify.annotations.NullMarked;
