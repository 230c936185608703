/** What was measured, as JSON, tables and a plot. Pure, but for the look at the machine. */
@NullMarked
package io.pagewalk.benchmark.macro.report;

import org.jspecify.annotations.NullMarked;
