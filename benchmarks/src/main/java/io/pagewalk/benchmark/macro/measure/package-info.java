/** Processes, and what they cost. */
@NullMarked
package io.pagewalk.benchmark.macro.measure;

import org.jspecify.annotations.NullMarked;
