/** The broker of a run, and its topics. */
@NullMarked
package io.pagewalk.benchmark.macro.kafka;

import org.jspecify.annotations.NullMarked;
