/** The other programs that are compared: where they come from, and what runs them. */
@NullMarked
package io.pagewalk.benchmark.macro.peer;

import org.jspecify.annotations.NullMarked;
